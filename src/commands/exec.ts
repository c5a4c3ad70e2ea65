import { VerbCommand } from '../cli/command/verb-command';
import { exec } from '../cli/verbs/exec/exec';
import { execFlags } from '../cli/verbs/exec/flags';

export default class Exec extends VerbCommand {
  static override summary = 'Run a command in a container';
  static override synopsis = '(POD | TYPE/NAME) [-c CONTAINER] -- COMMAND [ARG …]';
  static override examples = ['knarr exec web -- date', 'knarr exec -it deployment/web -- sh', 'knarr exec web -c side -- ls /'];
  static override table = execFlags;

  async run(): Promise<void> {
    await this.runVerb(execFlags, exec);
  }
}
