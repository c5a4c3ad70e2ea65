import { httpClient } from '../client/http';
import { VerbCommand } from '../cli/command/verb-command';
import { clusterTarget } from '../cli/cluster/session';
import { ExitError } from '../cli/errors';
import { readOutput } from '../cli/verbs/start/flags';
import { statusFlags } from '../cli/verbs/status/flags';
import { status } from '../cli/verbs/status/status';

export default class Status extends VerbCommand {
  static override summary = 'Tell whether the cluster runs, and where';
  static override description = 'Exit code 0: it runs. 1: it does not.';
  static override examples = ['knarr status', 'knarr status -o json'];
  static override table = statusFlags;

  async run(): Promise<void> {
    const { flags } = await this.input(statusFlags);
    const exitCode = await status({
      ...clusterTarget(this.environment, flags),
      output: readOutput(flags.output),
      out: this.environment.streams.out,
      connect: (connection) => httpClient(connection),
    });
    if (exitCode) throw new ExitError(exitCode);
  }
}
