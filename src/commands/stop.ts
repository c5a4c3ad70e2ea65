import { VerbCommand } from '../cli/command/verb-command';
import { clusterTarget } from '../cli/cluster/session';
import { stop } from '../cli/verbs/stop/stop';

export default class Stop extends VerbCommand {
  static override summary = 'Stop the cluster and its pods; nothing is lost';
  static override examples = ['knarr stop', 'knarr stop --profile second'];

  async run(): Promise<void> {
    const { flags } = await this.input({});
    await stop({ ...clusterTarget(this.environment, flags), out: this.environment.streams.out });
  }
}
