import { NodeCommand } from '../../cli/command/node-command';
import { removeNodes } from '../../cli/verbs/node/remove';

export default class NodeDelete extends NodeCommand {
  static override summary = 'Take nodes out of the cluster, with the pods on them';
  static override synopsis = 'NAME …';
  static override examples = ['knarr node delete worker'];

  async run(): Promise<void> {
    const { flags, args } = await this.input({});
    await removeNodes({ ...this.local(flags), names: args });
  }
}
