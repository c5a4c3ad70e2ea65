import { VerbCommand } from '../../cli/command/verb-command';
import { getContexts, getContextsFlags } from '../../cli/verbs/config/contexts';

export default class ConfigGetContexts extends VerbCommand {
  static override summary = 'List contexts';
  static override synopsis = '[NAME ...]';
  static override examples = ['knarr config get-contexts'];
  static override table = getContextsFlags;

  async run(): Promise<void> {
    await this.runVerb(getContextsFlags, getContexts);
  }
}
