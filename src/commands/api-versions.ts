import { VerbCommand } from '../cli/command/verb-command';
import { apiVersions, apiVersionsFlags } from '../cli/verbs/api-versions/api-versions';

export default class ApiVersions extends VerbCommand {
  static override summary = 'List the API groups and versions of the server';
  static override examples = ['knarr api-versions'];
  static override table = apiVersionsFlags;

  async run(): Promise<void> {
    await this.runVerb(apiVersionsFlags, apiVersions);
  }
}
