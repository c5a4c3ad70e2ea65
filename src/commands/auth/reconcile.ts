import { VerbCommand } from '../../cli/command/verb-command';
import { reconcileFlags } from '../../cli/verbs/auth/flags';
import { authReconcile } from '../../cli/verbs/auth/reconcile/reconcile';

export default class AuthReconcile extends VerbCommand {
  static override summary = 'Make roles and bindings allow what a file says';
  static override synopsis = '-f FILE';
  static override examples = ['knarr auth reconcile -f roles.yaml', 'knarr auth reconcile -f roles.yaml --remove-extra-permissions --dry-run=client'];
  static override table = reconcileFlags;

  async run(): Promise<void> {
    await this.runVerb(reconcileFlags, authReconcile);
  }
}
