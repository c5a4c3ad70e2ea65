import { VerbCommand } from '../cli/command/verb-command';
import { attach } from '../cli/verbs/attach/attach';
import { attachFlags } from '../cli/verbs/attach/flags';

export default class Attach extends VerbCommand {
  static override summary = 'Attach to a container that runs';
  static override synopsis = '(POD | TYPE/NAME) [-c CONTAINER]';
  static override examples = ['knarr attach web', 'knarr attach -it web -c shell', 'knarr attach deployment/web'];
  static override table = attachFlags;

  async run(): Promise<void> {
    await this.runVerb(attachFlags, attach);
  }
}
