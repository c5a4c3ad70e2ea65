import { VerbCommand } from '../../cli/command/verb-command';
import { createConfigMap } from '../../cli/verbs/create/data/data';
import { createConfigMapFlags } from '../../cli/verbs/create/data/flags';

export default class CreateConfigMap extends VerbCommand {
  static override summary = 'Create a configuration of files and values';
  static override synopsis = 'NAME [--from-file=[KEY=]PATH] [--from-literal=KEY=VALUE] [--from-env-file=FILE]';
  static override examples = ['knarr create configmap page --from-file=index.html', 'knarr create configmap page --from-literal=color=blue'];
  static override table = createConfigMapFlags;

  async run(): Promise<void> {
    await this.runVerb(createConfigMapFlags, createConfigMap);
  }
}
