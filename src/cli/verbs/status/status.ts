import type { Node } from '../../../api/generated/core.v1';
import type { Resource } from '../../../client/client';
import type { Connection } from '../../../client/connection';
import { profilePaths, readSettings, runningDaemon, type ProfilePaths, type ProfileSettings } from '../../../client/profile';
import type { RestClient } from '../../../client/http';
import { adminConnection } from '../../cluster/admin';
import { paint } from '../../cluster/paint';
import type { Output } from '../../cluster/progress';
import type { ClusterStatus, NodeState } from './state';
import { statusText } from './text';

export interface StatusOptions {
  home: string;
  profile: string;
  output: 'text' | 'json';
  out: Output;
  connect(connection: Connection): RestClient;
}

const nodesResource: Resource = { group: '', version: 'v1', plural: 'nodes', namespaced: false };

/** Resolves to the exit code: 0 when the cluster runs and its API answers, 1 otherwise. */
export async function status(options: StatusOptions): Promise<number> {
  const state = await observe(options);
  options.out.write(options.output === 'json' ? JSON.stringify(state, null, 2) + '\n' : statusText(state, paint(options.out)));
  return state.running ? 0 : 1;
}

async function observe({ home, profile, connect }: StatusOptions): Promise<ClusterStatus> {
  const paths = profilePaths(home, profile);
  const settings = await readSettings(paths);
  const pid = runningDaemon(paths);
  if (!settings || pid === undefined) return { profile, running: false, ...(settings && { runtime: settings.runtime }), nodes: [] };
  const apiServer = `https://127.0.0.1:${settings.apiPort}`;
  const nodes = await readNodes(paths, apiServer, connect);
  return { profile, running: nodes !== undefined, runtime: settings.runtime, pid, apiServer, context: profile, ...ingressOf(settings), nodes: nodes ?? [] };
}

function ingressOf({ httpPort, httpsPort }: ProfileSettings): Pick<ClusterStatus, 'ingress'> {
  const url = (scheme: string, port: number, usual: number) => `${scheme}://127.0.0.1${port === usual ? '' : `:${port}`}`;
  return httpPort && httpsPort ? { ingress: [url('http', httpPort, 80), url('https', httpsPort, 443)] } : {};
}

/** Undefined when the API does not answer: the daemon is still coming up, or going down. */
async function readNodes(paths: ProfilePaths, server: string, connect: StatusOptions['connect']): Promise<NodeState[] | undefined> {
  const client = connect(adminConnection(paths, server));
  try {
    const { items } = await client.list<Node>(nodesResource);
    return items.map(nodeState);
  } catch {
    return undefined;
  } finally {
    await client.close();
  }
}

function nodeState(node: Node): NodeState {
  const ready = node.status?.conditions?.find((condition) => condition.type === 'Ready')?.status === 'True';
  const address = node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address;
  return { name: node.metadata.name, status: ready ? 'Ready' : 'NotReady', ...(address && { address }) };
}
