import { VerbCommand } from '../cli/command/verb-command';
import { apiResources, apiResourcesFlags } from '../cli/verbs/api-resources/api-resources';

export default class ApiResources extends VerbCommand {
  static override summary = 'List the resources of the server';
  static override synopsis = '';
  static override examples = ['knarr api-resources -o wide'];
  static override table = apiResourcesFlags;

  async run(): Promise<void> {
    await this.runVerb(apiResourcesFlags, apiResources);
  }
}
