import { VerbCommand } from '../cli/command/verb-command';
import { explain } from '../cli/verbs/explain/explain';
import { explainFlags } from '../cli/verbs/explain/flags';

export default class Explain extends VerbCommand {
  static override summary = 'Document a resource and its fields';
  static override synopsis = 'TYPE[.FIELD ...]';
  static override examples = ['knarr explain pods', 'knarr explain deployment.spec.strategy', 'knarr explain pods.spec.containers --recursive'];
  static override table = explainFlags;

  async run(): Promise<void> {
    await this.runVerb(explainFlags, explain);
  }
}
