import { VerbCommand } from '../cli/command/verb-command';
import { clusterTarget } from '../cli/cluster/session';
import { destroy } from '../cli/verbs/destroy/destroy';

export default class Destroy extends VerbCommand {
  static override summary = 'Remove the cluster: containers, networks, volumes, state and context';
  static override examples = ['knarr destroy', 'knarr destroy --profile second'];

  async run(): Promise<void> {
    const { flags } = await this.input({});
    await destroy({ ...clusterTarget(this.environment, flags), out: this.environment.streams.out });
  }
}
