import { VerbCommand } from '../cli/command/verb-command';
import { annotate } from '../cli/verbs/annotate/annotate';
import { annotateFlags } from '../cli/verbs/annotate/flags';

export default class Annotate extends VerbCommand {
  static override summary = 'Change the annotations of objects';
  static override synopsis = '[--overwrite] (-f FILE | TYPE NAME) KEY=VALUE … KEY- …';
  static override examples = ['knarr annotate pod web description=\'my front end\'', 'knarr annotate pod web description-', 'knarr annotate pod web --list'];
  static override table = annotateFlags;

  async run(): Promise<void> {
    await this.runVerb(annotateFlags, annotate);
  }
}
