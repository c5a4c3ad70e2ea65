import { VerbCommand } from '../../../cli/command/verb-command';
import { creates } from '../../../cli/verbs/create/generator';
import { nodePort } from '../../../cli/verbs/create/services/services';

export default class CreateServiceNodePort extends VerbCommand {
  static override summary = 'Create a service on a port of every node';
  static override synopsis = 'NAME --tcp=PORT[:TARGETPORT] [--node-port=PORT]';
  static override examples = ['knarr create service nodeport web-node --tcp=80:8080'];
  static override table = nodePort.flags;

  async run(): Promise<void> {
    await this.runVerb(nodePort.flags, creates(nodePort));
  }
}
