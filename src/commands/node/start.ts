import { NodeCommand } from '../../cli/command/node-command';
import { startNodes } from '../../cli/verbs/node/power';

export default class NodeStart extends NodeCommand {
  static override summary = 'Switch nodes on again';
  static override synopsis = 'NAME …';
  static override examples = ['knarr node start worker'];

  async run(): Promise<void> {
    const { flags, args } = await this.input({});
    await startNodes({ ...this.local(flags), names: args });
  }
}
