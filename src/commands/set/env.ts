import { VerbCommand } from '../../cli/command/verb-command';
import { setEnvFlags } from '../../cli/verbs/set/flags';
import { setEnv } from '../../cli/verbs/set/env';

export default class SetEnv extends VerbCommand {
  static override summary = 'Set environment variables of containers';
  static override synopsis = '(-f FILE | TYPE NAME) NAME=VALUE … NAME- …';
  static override examples = ['knarr set env deployment/web STAGE=test', 'knarr set env deployment/web STAGE-', 'knarr set env deployment/web --list', 'knarr set env --from=configmap/page deployment/web'];
  static override table = setEnvFlags;

  async run(): Promise<void> {
    await this.runVerb(setEnvFlags, setEnv);
  }
}
