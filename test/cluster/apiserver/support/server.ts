import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type ClientHttp2Session } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../src/api/clock';
import type { TokenRequest } from '../../../../src/api/generated/authentication.v1';
import type { PolicyRule } from '../../../../src/api/generated/rbac.v1';
import type { KubeObject } from '../../../../src/api/meta';
import { Metrics } from '../../../../src/api/metrics';
import type { NodeAgent } from '../../../../src/cluster/apiserver/node-agent';
import { createApiServer, type ApiServer, type ApiServerOptions } from '../../../../src/cluster/apiserver/server';
import { inProcessClient } from '../../../../src/cluster/daemon/in-process-client';
import { ensurePolicy } from '../../../../src/cluster/daemon/bootstrap/policy';
import { loadPki, type Pki } from '../../../../src/cluster/daemon/pki';
import { createMemoryStore } from '../../../../src/cluster/store';
import type { Client, Resource } from '../../../../src/client/client';
import { kinds as builtIn } from '../../../../src/kinds';
import type { Kind } from '../../../../src/kinds/kind';
import { kubectlPath, type Outcome } from '../../../support/oracle';
import { runAsync } from '../../../support/process';
import { admin, core, namespaces, seeded } from './registry';

const rbac = (plural: string): Resource => ({ group: 'rbac.authorization.k8s.io', version: 'v1', plural, namespaced: false });

export interface Answer {
  code: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  text: string;
  json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look at any answer
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** No client certificate. */
  anonymous?: boolean;
}

/** A server on a free port with a memory store, and clients of it. */
export interface TestServer {
  readonly api: ApiServer;
  readonly client: Client;
  readonly pki: Pki;
  readonly port: number;
  /** What the server logged. */
  readonly log: string[];
  readonly kubeconfig: string;
  /** One without credentials. */
  readonly tokenKubeconfig: string;
  ask(path: string, asked?: Asked): Promise<Answer>;
  session(): ClientHttp2Session;
  /** What /metrics would show, without asking it. */
  metrics(): string;
  /** Of a new ServiceAccount in default. */
  token(account: string): Promise<string>;
  /** Lets all of a User or Group do something everywhere. */
  grant(kind: 'User' | 'Group', name: string, rule: PolicyRule): Promise<void>;
  kubectl(args: string[], stdin?: string): Promise<Outcome>;
  close(): Promise<void>;
}

export async function startServer(kinds: readonly Kind[] = [], agent?: NodeAgent, more: Partial<Pick<ApiServerOptions, 'staticTokens' | 'components' | 'store' | 'flowLimits' | 'audit'>> = {}): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'knarr-apiserver-'));
  const pki = await loadPki(directory, systemClock.now());
  const log: string[] = [];
  const metrics = new Metrics();
  const api = createApiServer({
    store: createMemoryStore(), kinds: [...builtIn, ...kinds], clock: systemClock, random: seeded(), log: (line) => void log.push(line), metrics,
    tls: { cert: pki.apiServer.cert, key: pki.apiServer.key, clientCa: pki.ca.cert }, serviceAccountKey: pki.serviceAccountKey, frontProxy: pki.frontProxyClient,
    serviceCIDR: '10.96.0.0/24', nodePortRange: { from: 30000, to: 30031 }, nodeAgent: (name) => (name === 'node' || name === undefined ? agent : undefined), ...more,
  });
  const client = inProcessClient(api.registry, admin);
  for (const name of ['default', 'kube-system', 'kube-public']) if (!api.registry.store.get(`/namespaces/${name}`)) await client.create(namespaces, { metadata: { name } });
  await ensurePolicy(client);
  const port = await api.listen('127.0.0.1', 0);
  const kubeconfig = join(directory, 'config');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(pki, port)));
  const tokenKubeconfig = join(directory, 'token-config');
  writeFileSync(tokenKubeconfig, JSON.stringify({ ...kubeconfigOf(pki, port), users: [{ name: 'test', user: {} }] }));
  const sessions: ClientHttp2Session[] = [];
  return {
    api, client, pki, port, log, kubeconfig, tokenKubeconfig,
    metrics: () => metrics.text(),
    async token(account) {
      await client.create(core('serviceaccounts'), { metadata: { name: account, namespace: 'default' } });
      const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: { name: account, namespace: 'default' }, spec: { audiences: [] } };
      const { status } = (await client.create(core('serviceaccounts'), request, { subresource: 'token', name: account })) as unknown as TokenRequest;
      return status!.token;
    },
    async grant(kind, name, rule) {
      const apiGroup = 'rbac.authorization.k8s.io';
      const metadata = { name: `${kind}-${name}`.toLowerCase() };
      await client.create(rbac('clusterroles'), { metadata, rules: [rule] } as KubeObject);
      await client.create(rbac('clusterrolebindings'), { metadata, roleRef: { apiGroup, kind: 'ClusterRole', name: metadata.name }, subjects: [{ apiGroup, kind, name }] } as KubeObject);
    },
    ask: (path, asked) => ask(pki, port, path, asked),
    session() {
      const session = connect(`https://127.0.0.1:${port}`, { ca: pki.ca.cert, cert: pki.admin.cert, key: pki.admin.key });
      session.on('error', () => undefined);
      sessions.push(session);
      return session;
    },
    // Not synchronous: the server lives in this process.
    kubectl: (args, stdin) => runAsync(kubectlPath(), args, { ...process.env, HOME: directory, KUBECONFIG: kubeconfig }, stdin, 30_000),
    async close() {
      for (const session of sessions) session.destroy();
      await api.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

const kubeconfigOf = (pki: Pki, port: number) => ({
  apiVersion: 'v1', kind: 'Config', 'current-context': 'test',
  clusters: [{ name: 'test', cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(pki.ca.cert) } }],
  users: [{ name: 'test', user: { 'client-certificate-data': base64(pki.admin.cert), 'client-key-data': base64(pki.admin.key) } }],
  contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
});

function ask(pki: Pki, port: number, path: string, { method = 'GET', headers = {}, body, anonymous }: Asked = {}): Promise<Answer> {
  const identity = anonymous ? {} : { cert: pki.admin.cert, key: pki.admin.key };
  return new Promise((resolve, reject) => {
    const request = httpsRequest({ host: '127.0.0.1', port, path, method, headers: { ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }), ...headers }, ca: pki.ca.cert, ...identity, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const whole = Buffer.concat(chunks);
        resolve({
          code: response.statusCode!, headers: response.headers, body: whole, text: whole.toString(),
          get json() { return JSON.parse(whole.toString()) as unknown; },
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
