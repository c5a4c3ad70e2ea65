import { NodeCommand } from '../../cli/command/node-command';
import { stopNodes } from '../../cli/verbs/node/power';

export default class NodeStop extends NodeCommand {
  static override summary = 'Switch nodes off, as if their plugs were pulled';
  static override synopsis = 'NAME …';
  static override examples = ['knarr node stop worker'];

  async run(): Promise<void> {
    const { flags, args } = await this.input({});
    await stopNodes({ ...this.local(flags), names: args });
  }
}
