import { VerbCommand } from '../cli/command/verb-command';
import { runFlags } from '../cli/verbs/run/flags';
import { run } from '../cli/verbs/run/run';

export default class Run extends VerbCommand {
  static override summary = 'Run an image in a pod';
  static override synopsis = 'NAME --image=IMAGE [--env=NAME=VALUE …] [--port=PORT] [-- ARG …]';
  static override examples = [
    'knarr run web --image=nginx --port=80 --expose',
    'knarr run -it --rm shell --image=busybox --restart=Never -- sh',
    'knarr run web --image=nginx --dry-run=client -o yaml',
  ];
  static override table = runFlags;

  async run(): Promise<void> {
    await this.runVerb(runFlags, run);
  }
}
