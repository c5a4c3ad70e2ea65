import { VerbCommand } from '../cli/command/verb-command';
import { diff } from '../cli/verbs/diff/diff';
import { diffFailure } from '../cli/verbs/diff/failure';
import { diffFlags } from '../cli/verbs/diff/flags';

export default class Diff extends VerbCommand {
  static override summary = 'Show what apply would change';
  static override description = 'Runs `diff -u -N`, or the program of KUBECTL_EXTERNAL_DIFF. Exit code 0: no differences, 1: differences, above: an error.';
  static override synopsis = '-f FILE';
  static override examples = ['knarr diff -f web.yaml', 'cat web.yaml | knarr diff -f -', 'KUBECTL_EXTERNAL_DIFF="diff -y" knarr diff -f web.yaml'];
  static override table = diffFlags;
  static override failure = diffFailure;

  async run(): Promise<void> {
    await this.runVerb(diffFlags, diff);
  }
}
