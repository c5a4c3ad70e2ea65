import { VerbCommand } from '../../cli/command/verb-command';
import { setSelectorFlags } from '../../cli/verbs/set/flags';
import { setSelector } from '../../cli/verbs/set/selector';

export default class SetSelector extends VerbCommand {
  static override summary = 'Set the selector of a service';
  static override synopsis = '(-f FILE | TYPE NAME) SELECTOR';
  static override examples = ['knarr set selector service/web app=web,tier=front'];
  static override table = setSelectorFlags;

  async run(): Promise<void> {
    await this.runVerb(setSelectorFlags, setSelector);
  }
}
