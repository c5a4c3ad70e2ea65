import { VerbCommand } from '../cli/command/verb-command';
import { cp } from '../cli/verbs/cp/cp';
import { cpFlags } from '../cli/verbs/cp/flags';

export default class Cp extends VerbCommand {
  static override summary = 'Copy files and folders to and from containers';
  static override description = 'The container needs a `tar` program. Symbolic links are copied to a container, but not from one.';
  static override synopsis = 'SOURCE DESTINATION';
  static override examples = ['knarr cp page.html web:/usr/share/nginx/html/index.html', 'knarr cp other/web:/var/log ./log', 'knarr cp site web:/srv -c nginx'];
  static override table = cpFlags;

  async run(): Promise<void> {
    await this.runVerb(cpFlags, cp);
  }
}
