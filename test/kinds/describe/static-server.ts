import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { notFound } from '../../../src/api/errors';
import { groupVersion, type KubeObject, type Unstructured } from '../../../src/api/meta';
import { parseFieldSelector, parseLabelSelector } from '../../../src/api/selectors';
import { kinds } from '../../../src/kinds/index';
import type { Kind } from '../../../src/kinds/kind';
import { relatedFrom, type Answer, type Describe, type RelatedQuery } from '../../../src/kinds/describe';
import { kubectlPath } from '../../support/oracle';

/** Serves a fixed set of objects to the real kubectl: discovery, get and list with selectors. */
export class StaticServer {
  private readonly server: Server;
  objects: Unstructured[] = [];

  constructor() {
    this.server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://localhost');
      const answer = (this.answer(url) ?? notFound({ group: '', plural: url.pathname }, '').status) as { code?: number };
      response.writeHead(answer.code ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** What a client finds for the query of a describe. */
  query({ as, group, version, plural, namespace, name, labelSelector, fieldSelector }: RelatedQuery): Answer | undefined {
    const kind = kinds.find((one) => one.group === group && one.version === version && one.plural === plural);
    if (!kind) return undefined;
    const list = this.list(kind, namespace, labelSelector, fieldSelector);
    if (name === undefined) return { as, items: list };
    const object = list.find(({ metadata }) => metadata.name === name);
    return object && { as, object };
  }

  private list(kind: Kind, namespace: string | undefined, labelSelector = '', fieldSelector = ''): Unstructured[] {
    const matches = parseLabelSelector(labelSelector);
    const fields = parseFieldSelector(fieldSelector);
    const valueOf = (object: KubeObject, field: string) => field === 'metadata.name' ? object.metadata.name : kind.selectableFields?.[field]?.(object) ?? '';
    return this.objects.filter((object) => object.kind === kind.kind && object.apiVersion === groupVersion(kind)
      && (!namespace || object.metadata.namespace === namespace) && matches(object.metadata.labels)
      && fields.every(({ field, op, value }) => (valueOf(object, field) === value) === (op === '=')));
  }

  private answer(url: URL): unknown {
    const groups = [...new Set(kinds.map(({ group }) => group).filter(Boolean))];
    if (url.pathname === '/api') return { kind: 'APIVersions', versions: ['v1'] };
    if (url.pathname === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
    const [, group = '', version = '', rest = ''] = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? [];
    return this.resourceAnswer(group, version, rest, url.searchParams);
  }

  private resourceAnswer(group: string, version: string, rest: string, query: URLSearchParams): unknown {
    const served = kinds.filter((kind) => kind.group === group && kind.version === version);
    if (!rest) return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: groupVersion({ group, version }), resources: served.map(resourceOf) };
    const parts = rest.split('/');
    const namespace = parts[0] === 'namespaces' && parts.length > 2 ? parts.splice(0, 2)[1] : undefined;
    const kind = served.find(({ plural }) => plural === parts[0]);
    if (!kind) return undefined;
    const list = this.list(kind, namespace, query.get('labelSelector') ?? '', query.get('fieldSelector') ?? '');
    if (parts[1]) return list.find(({ metadata }) => metadata.name === parts[1]) ?? notFound(kind, parts[1]).status;
    return { kind: `${kind.kind}List`, apiVersion: groupVersion(kind), metadata: {}, items: list };
  }
}

const groupOf = (name: string) => {
  const version = kinds.find(({ group }) => group === name)!.version;
  const served = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [served], preferredVersion: served };
};

const resourceOf = ({ plural, singular, kind, namespaced, shortNames }: Kind) =>
  ({ name: plural, singularName: singular, kind, namespaced, shortNames, verbs: ['get', 'list'] });

/** What the real kubectl prints. */
export function kubectlDescribe(server: string, args: string[]): Promise<string> {
  const child = spawn(kubectlPath(), ['describe', '--server', server, '--cache-dir', '/nonexistent', ...args], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: '/dev/null', ...(process.env.TZ && { TZ: process.env.TZ }) }, timeout: 20_000,
  });
  const out: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => out.push(piece));
  child.stderr.on('data', (piece: Buffer) => out.push(piece));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(out).toString('utf8')));
  });
}

/** What we print. */
export function ownDescribe(server: StaticServer, describe: Describe, object: KubeObject, nowMs: number, showEvents = true): string {
  const answers = (describe.related?.(object) ?? []).flatMap((query) => server.query(query) ?? []);
  return describe.render(object, relatedFrom(answers, showEvents), { nowMs });
}
