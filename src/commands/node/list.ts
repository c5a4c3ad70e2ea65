import { NodeCommand } from '../../cli/command/node-command';
import { nodeListFlags } from '../../cli/verbs/node/flags';
import { listNodes } from '../../cli/verbs/node/list';
import { readOutput } from '../../cli/verbs/start/flags';

export default class NodeList extends NodeCommand {
  static override summary = 'Show the nodes that knarr runs';
  static override synopsis = '';
  static override examples = ['knarr node list', 'knarr node list -o json'];
  static override table = nodeListFlags;

  async run(): Promise<void> {
    const { flags } = await this.input(nodeListFlags);
    await listNodes({ ...this.local(flags), output: readOutput(flags.output) });
  }
}
