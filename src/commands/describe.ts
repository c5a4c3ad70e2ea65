import { VerbCommand } from '../cli/command/verb-command';
import { describe } from '../cli/verbs/describe/describe';
import { describeFlags } from '../cli/verbs/describe/flags';

export default class Describe extends VerbCommand {
  static override summary = 'Tell about an object in detail, events included';
  static override synopsis = '(-f FILE | TYPE [NAME_PREFIX | -l LABEL] | TYPE/NAME)';
  static override examples = ['knarr describe pod web', 'knarr describe deployment/web', 'knarr describe pods -l app=web', 'knarr describe nodes'];
  static override table = describeFlags;

  async run(): Promise<void> {
    await this.runVerb(describeFlags, describe);
  }
}
