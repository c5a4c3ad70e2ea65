import { VerbCommand } from '../cli/command/verb-command';
import { logsFlags } from '../cli/verbs/logs/flags';
import { logs } from '../cli/verbs/logs/logs';

export default class Logs extends VerbCommand {
  static override summary = 'Print what a container wrote';
  static override synopsis = '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]';
  static override examples = ['knarr logs web', 'knarr logs -f deployment/web', 'knarr logs -l app=web --prefix', 'knarr logs web --previous'];
  static override table = logsFlags;

  async run(): Promise<void> {
    await this.runVerb(logsFlags, logs);
  }
}
