import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { priorityClass } from '../../cli/verbs/create/policy/policy';

export default class CreatePriorityClass extends VerbCommand {
  static override summary = 'Create a priority class';
  static override synopsis = 'NAME --value=VALUE [--global-default] [--preemption-policy=POLICY]';
  static override examples = [
    'knarr create priorityclass important --value=1000 --description="goes first"',
    'knarr create priorityclass patient --value=10 --preemption-policy=Never',
  ];
  static override table = priorityClass.flags;

  async run(): Promise<void> {
    await this.runVerb(priorityClass.flags, creates(priorityClass));
  }
}
