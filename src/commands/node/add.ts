import { NodeCommand } from '../../cli/command/node-command';
import { addNodes } from '../../cli/verbs/node/add';
import { nodeAddFlags, readAddFlags } from '../../cli/verbs/node/flags';

export default class NodeAdd extends NodeCommand {
  static override summary = 'Add nodes to the cluster';
  static override synopsis = '[NAME …]';
  static override examples = ['knarr node add', 'knarr node add worker --cpus 2 --memory 4Gi', 'knarr node add --count 3 --runtime sim'];
  static override table = nodeAddFlags;

  async run(): Promise<void> {
    const { flags, args } = await this.input(nodeAddFlags);
    await addNodes({ ...this.local(flags), names: args, ...readAddFlags(flags) });
  }
}
