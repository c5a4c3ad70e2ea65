import { VerbCommand } from '../../cli/command/verb-command';
import { setResourcesFlags } from '../../cli/verbs/set/flags';
import { setResources } from '../../cli/verbs/set/resources';

export default class SetResources extends VerbCommand {
  static override summary = 'Set requests and limits of containers';
  static override synopsis = '(-f FILE | TYPE NAME) [--limits=LIMITS] [--requests=REQUESTS]';
  static override examples = ['knarr set resources deployment/web --limits=cpu=200m,memory=512Mi --requests=cpu=100m'];
  static override table = setResourcesFlags;

  async run(): Promise<void> {
    await this.runVerb(setResourcesFlags, setResources);
  }
}
