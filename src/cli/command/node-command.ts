import { httpClient } from '../../client/http';
import { clusterTarget } from '../cluster/session';
import type { NodeOptions } from '../verbs/node/local';
import { VerbCommand } from './verb-command';

/** The base of the commands about the nodes of a local cluster. */
export abstract class NodeCommand extends VerbCommand {
  protected local(flags: { profile: string; kubeconfig: string }): NodeOptions {
    return { ...clusterTarget(this.environment, flags), out: this.environment.streams.out, connect: (connection) => httpClient(connection) };
  }
}
