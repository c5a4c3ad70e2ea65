import { VerbCommand } from '../../cli/command/verb-command';
import { createDeployment } from '../../cli/verbs/create/deployment/deployment';
import { createDeploymentFlags } from '../../cli/verbs/create/deployment/flags';

export default class CreateDeployment extends VerbCommand {
  static override summary = 'Create a deployment of an image';
  static override synopsis = 'NAME --image=IMAGE -- [COMMAND] [ARG …]';
  static override examples = ['knarr create deployment web --image=nginx --replicas=3', 'knarr create deployment web --image=nginx --port=80 --dry-run=client -o yaml'];
  static override table = createDeploymentFlags;

  async run(): Promise<void> {
    await this.runVerb(createDeploymentFlags, createDeployment);
  }
}
