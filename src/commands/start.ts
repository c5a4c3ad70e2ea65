import { VerbCommand } from '../cli/command/verb-command';
import { clusterTarget } from '../cli/cluster/session';
import { start } from '../cli/verbs/start/start';
import { readStartFlags, startFlags } from '../cli/verbs/start/flags';

export default class Start extends VerbCommand {
  static override summary = 'Bring up a cluster on this machine';
  static override description = `Starts the cluster in the background, waits until it is ready and makes its context the current one.
Pods are Docker containers; without an engine they are simulated.`;
  static override examples = ['knarr start', 'knarr start --profile second', 'knarr start --runtime sim', 'knarr start -o json'];
  static override table = startFlags;

  async run(): Promise<void> {
    const { flags } = await this.input(startFlags);
    const { streams } = this.environment;
    await start({ ...clusterTarget(this.environment, flags), ...readStartFlags(flags), out: streams.out });
  }
}
