import { VerbCommand } from '../cli/command/verb-command';
import { proxyFlags } from '../cli/verbs/proxy/flags';
import { proxy } from '../cli/verbs/proxy/proxy';

export default class Proxy extends VerbCommand {
  static override summary = 'Serve the API on a port of this machine';
  static override description = 'Whoever may connect acts as you: no credentials are asked for. Requests that web pages of others could send are refused.';
  static override synopsis = '';
  static override examples = ['knarr proxy', 'knarr proxy --port=0', 'knarr proxy --www=./pages --www-prefix=/pages/ --api-prefix=/k8s/', 'knarr proxy --unix-socket=/tmp/api.sock'];
  static override table = proxyFlags;

  async run(): Promise<void> {
    await this.runVerb(proxyFlags, proxy);
  }
}
