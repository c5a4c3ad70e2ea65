import { VerbCommand } from '../../cli/command/verb-command';
import { setSubjectFlags } from '../../cli/verbs/set/flags';
import { setSubject } from '../../cli/verbs/set/subject';

export default class SetSubject extends VerbCommand {
  static override summary = 'Add users, groups and service accounts to a role binding';
  static override synopsis = '(-f FILE | TYPE NAME) [--user=USER] [--group=GROUP] [--serviceaccount=NAMESPACE:NAME]';
  static override examples = ['knarr set subject rolebinding/admins --user=ann --group=ops'];
  static override table = setSubjectFlags;

  async run(): Promise<void> {
    await this.runVerb(setSubjectFlags, setSubject);
  }
}
