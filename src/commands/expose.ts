import { VerbCommand } from '../cli/command/verb-command';
import { expose } from '../cli/verbs/expose/expose';
import { exposeFlags } from '../cli/verbs/expose/flags';

export default class Expose extends VerbCommand {
  static override summary = 'Make a service of what a workload, pod or service offers';
  static override synopsis = '(-f FILE | TYPE NAME) [--port=PORT] [--target-port=PORT] [--name=NAME] [--type=TYPE]';
  static override examples = ['knarr expose deployment web --port=80', 'knarr expose pod web --port=80 --target-port=8080 --type=NodePort', 'knarr expose service web --port=443 --name=web-https'];
  static override table = exposeFlags;

  async run(): Promise<void> {
    await this.runVerb(exposeFlags, expose);
  }
}
