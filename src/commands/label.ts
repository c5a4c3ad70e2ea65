import { VerbCommand } from '../cli/command/verb-command';
import { labelFlags } from '../cli/verbs/label/flags';
import { label } from '../cli/verbs/label/label';

export default class Label extends VerbCommand {
  static override summary = 'Change the labels of objects';
  static override synopsis = '[--overwrite] (-f FILE | TYPE NAME) KEY=VALUE … KEY- …';
  static override examples = ['knarr label pod web tier=front', 'knarr label --overwrite pods --all tier=back', 'knarr label pod web tier-', 'knarr label pod web --list'];
  static override table = labelFlags;

  async run(): Promise<void> {
    await this.runVerb(labelFlags, label);
  }
}
