import { VerbCommand } from '../cli/command/verb-command';
import { convert } from '../cli/verbs/convert/convert';
import { convertFlags } from '../cli/verbs/convert/flags';

export default class Convert extends VerbCommand {
  static override summary = 'Rewrite manifests for other versions of the API';
  static override synopsis = '-f FILE';
  static override examples = ['knarr convert -f web.yaml', 'knarr convert -f web.yaml --output-version apps/v1 -o json', 'cat web.yaml | knarr convert -f -'];
  static override table = convertFlags;

  async run(): Promise<void> {
    await this.runVerb(convertFlags, convert);
  }
}
