import { VerbCommand } from '../cli/command/verb-command';
import { version, versionFlags } from '../cli/verbs/version/version';

export default class Version extends VerbCommand {
  static override summary = 'Print the versions of client and server';
  static override synopsis = '';
  static override examples = ['knarr version'];
  static override table = versionFlags;

  async run(): Promise<void> {
    await this.runVerb(versionFlags, version);
  }
}
