import type { KubeObject } from '../../../src/api/meta';
import type { Connection } from '../../../src/client/connection';
import { httpClient, type RestClient } from '../../../src/client/http';
import { kubectlPath, type Outcome } from '../../support/oracle';
import { apiOf, type Api } from './api';
import type { SharedCluster } from './clusters';
import { configMaps, namespaces, pods, serviceAccounts, type Typed } from './resources';

/** Who asks: nothing of it is anonymous. */
export interface Identity {
  readonly token?: string;
  /** PEM. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** The administrator in this user's name. */
  readonly impersonate?: { readonly user: string; readonly groups?: readonly string[]; readonly uid?: string };
}

/** What a row gets: a fresh namespace, clients, and the removal of what it made. */
export interface RowContext {
  /** Of this row alone, with its default service account and CA. */
  readonly namespace: string;
  /** As the cluster's administrator. */
  readonly connection: Connection;
  readonly client: RestClient;
  /** kubeconfig file of the administrator. */
  readonly kubeconfig: string;
  /** Aborts when the row ends or its time is over. */
  readonly signal: AbortSignal;
  /** In the row's namespace unless another one is named; `''` reaches all. */
  api<T extends KubeObject>(resource: Typed<T>, namespace?: string): Api<T>;
  /** The real kubectl, or what stands in for it. */
  readonly program: string;
  /** What it runs with. */
  readonly env: NodeJS.ProcessEnv;
  /** It in the row's namespace: its stdout. Throws what it wrote to stderr unless it exits with 0. */
  kubectl(args: readonly string[], stdin?: string): Promise<string>;
  /** The same, whatever the exit code. */
  kubectlOutcome(args: readonly string[], stdin?: string): Promise<Outcome>;
  /** A client as somebody else. */
  as(identity: Identity): RestClient;
  /** Another namespace, removed with the row. */
  makeNamespace(labels?: Record<string, string>): Promise<string>;
  /** `prefix-k3x9q`: for what is not in the namespace. */
  unique(prefix: string): string;
  /** Runs at the end, last one first; its failures are nobody's business. */
  cleanup(action: () => unknown): void;
  /** Polls until `check` gives something truthy; throws its last failure, or that nothing came, when the patience is used up. */
  eventually<T>(check: () => T | Promise<T>, patienceMs?: number): Promise<NonNullable<T>>;
}

const patienceMs = 60_000;
const pauseMs = 100;
/** Rows say what a machine with nothing else to do needs; many run at once, and on two cores it takes longer. */
const slowness = 3;

/** `end` undoes what the row did. */
export async function openContext(cluster: SharedCluster, signal: AbortSignal, program = kubectlPath()): Promise<{ context: RowContext; end(): Promise<void> }> {
  const { client, connection, kubeconfig, env } = cluster;
  const cleanups: (() => unknown)[] = [];
  const unique = (prefix: string) => `${prefix}-${Math.random().toString(36).slice(2, 8)}`;
  const eventually: RowContext['eventually'] = (check, patience = patienceMs) => poll(check, patience * slowness, signal);
  const makeNamespace = async (labels?: Record<string, string>) => {
    const name = unique('row');
    await apiOf(client, namespaces, undefined, signal).create({ metadata: { name, ...(labels && { labels }) } });
    cleanups.push(() => removeNamespace(client, name));
    await eventually(() => apiOf(client, serviceAccounts, name, signal).find('default'));
    await eventually(() => apiOf(client, configMaps, name, signal).find('kube-root-ca.crt'));
    return name;
  };
  const namespace = await makeNamespace();
  const kubectlOutcome = (args: readonly string[], stdin?: string) => cluster.run(program, ['--namespace', namespace, ...args], stdin);
  const context: RowContext = {
    namespace, client, connection, kubeconfig, program, env, signal, makeNamespace, unique, eventually, kubectlOutcome,
    api: (resource, where = namespace) => apiOf(client, resource, where, signal),
    async kubectl(args, stdin) {
      const { code, stdout, stderr } = await kubectlOutcome(args, stdin);
      if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: exit code ${code}\n${stderr}`);
      return stdout;
    },
    as(identity) {
      const other = httpClient(connectionAs(connection, identity));
      cleanups.push(() => other.close());
      return other;
    },
    cleanup: (action) => void cleanups.push(action),
  };
  return {
    context,
    async end() {
      for (const action of cleanups.reverse()) await Promise.resolve().then(action).catch(() => undefined);
    },
  };
}

function connectionAs({ server, namespace, tls, auth }: Connection, { token, certificate, impersonate }: Identity): Connection {
  if (impersonate) return { server, namespace, tls, auth, impersonate };
  const pair = { cert: undefined, key: undefined, ...(certificate && { cert: { data: certificate.cert }, key: { data: certificate.key } }) };
  return { server, namespace, tls: { ...tls, ...pair }, auth: { ...(token && { token }) } };
}

/** Its pods first and at once: nobody waits for their last words. */
async function removeNamespace(client: RestClient, name: string): Promise<void> {
  const { signal } = new AbortController();
  await apiOf(client, pods, name, signal).deleteCollection({}, { gracePeriodSeconds: 0 });
  await apiOf(client, namespaces, undefined, signal).delete(name);
}

async function poll<T>(check: () => T | Promise<T>, patience: number, signal: AbortSignal): Promise<NonNullable<T>> {
  const deadline = performance.now() + patience;
  let failure: unknown = new Error('nothing came');
  do {
    try {
      const result = await check();
      if (result) return result;
      failure = new Error(`it is still ${String(result)}`);
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  } while (performance.now() < deadline && !signal.aborted);
  throw failure;
}
