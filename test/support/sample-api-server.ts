import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { systemClock } from '../../src/api/clock';
import { createAuthority, issue } from '../../src/cluster/daemon/pki/certificates';

export const sampleGroup = 'wardle.example.com';
export const sampleVersion = 'v1alpha1';

interface Flunder {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string; uid: string; resourceVersion: string; creationTimestamp: string; labels?: Record<string, string> };
  spec?: object;
}

/** An API server of somebody else, for one resource: flunders. It believes a front proxy that shows its certificate, and nobody else. */
export interface SampleApiServer {
  readonly port: number;
  /** PEM in base64. */
  readonly caBundle: string;
  /** What requests came with, the last at the end. */
  readonly received: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

export interface SampleOptions {
  /** PEM: signs the front proxy. */
  readonly frontProxyCa: string;
  /** As which the Service knows it: `name.namespace.svc`. */
  readonly dnsNames: string[];
  readonly host?: string;
}

export async function startSampleApiServer({ frontProxyCa, dnsNames, host = '127.0.0.1' }: SampleOptions): Promise<SampleApiServer> {
  const authority = await createAuthority('sample-ca', systemClock.now());
  const { cert, key } = await issue(authority, { commonName: 'sample', usage: 'server', dnsNames }, systemClock.now());
  const received: SampleApiServer['received'] = [];
  const flunders = new Flunders();
  const server = createServer({ cert, key, ca: frontProxyCa, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    received.push({ method: request.method!, url: request.url!, headers: request.headers });
    answer(flunders, request, response).catch((error: unknown) => reply(response, 500, { kind: 'Status', status: 'Failure', message: String(error), code: 500 }));
  });
  server.on('upgrade', (request, socket) => {
    received.push({ method: request.method!, url: request.url!, headers: request.headers });
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port, caBundle: Buffer.from(authority.cert).toString('base64'), received,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

const groupVersion = `${sampleGroup}/${sampleVersion}`;
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'update', 'watch'];
const version = { groupVersion, version: sampleVersion };
const group = { kind: 'APIGroup', apiVersion: 'v1', name: sampleGroup, versions: [version], preferredVersion: version };

const definition = {
  description: 'A Flunder is a toy.', type: 'object', properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, spec: { type: 'object', description: 'What it is to be.' } },
  'x-kubernetes-group-version-kind': [{ group: sampleGroup, version: sampleVersion, kind: 'Flunder' }],
};
const name = 'com.example.wardle.v1alpha1.Flunder';

const documents: Record<string, object> = {
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [group] },
  [`/apis/${sampleGroup}`]: group,
  [`/apis/${groupVersion}`]: {
    kind: 'APIResourceList', apiVersion: 'v1', groupVersion,
    resources: [{ name: 'flunders', singularName: 'flunder', namespaced: true, kind: 'Flunder', verbs, shortNames: ['fl'] }, { name: 'flunders/echo', singularName: '', namespaced: true, kind: 'Flunder', verbs: ['get'] }],
  },
  '/openapi/v3': { paths: { [`apis/${groupVersion}`]: { serverRelativeURL: `/openapi/v3/apis/${groupVersion}?hash=1` } } },
  [`/openapi/v3/apis/${groupVersion}`]: { openapi: '3.0.0', info: { title: 'sample', version: '1' }, paths: { [`/apis/${groupVersion}/flunders`]: { get: { 'x-kubernetes-action': 'list', 'x-kubernetes-group-version-kind': { group: sampleGroup, version: sampleVersion, kind: 'Flunder' } } } }, components: { schemas: { [name]: definition } } },
  '/openapi/v2': {
    swagger: '2.0', info: { title: 'sample', version: '1' }, definitions: { [name]: definition, 'io.k8s.apimachinery.pkg.apis.meta.v1.Status': { type: 'object', description: 'Another one.' } },
    paths: { [`/apis/${groupVersion}/flunders`]: { get: { responses: { 200: { schema: { $ref: `#/definitions/${name}` } }, 500: { schema: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Status' } } } } }, '/healthz/': {} },
  },
};

/** In memory, by `namespace/name`. */
class Flunders {
  readonly #all = new Map<string, Flunder>();
  readonly #watchers = new Set<(type: string, object: Flunder) => void>();
  #revision = 0;

  list = (namespace: string | undefined) => [...this.#all.values()].filter(({ metadata }) => !namespace || metadata.namespace === namespace);
  get = (namespace: string, called: string) => this.#all.get(`${namespace}/${called}`);
  get revision(): number {
    return this.#revision;
  }

  put(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: Flunder): Flunder {
    const { namespace, name: called } = object.metadata;
    object.metadata.resourceVersion = String(++this.#revision);
    if (type === 'DELETED') this.#all.delete(`${namespace}/${called}`);
    else this.#all.set(`${namespace}/${called}`, object);
    for (const watcher of this.#watchers) watcher(type, object);
    return object;
  }

  watch(watcher: (type: string, object: Flunder) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

function reply(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const failure = (code: number, reason: string, message: string) => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason, message, code });

async function answer(flunders: Flunders, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url!, 'https://sample');
  const isProxy = (request.socket as TLSSocket).authorized;
  if (!isProxy || !request.headers['x-remote-user']) return reply(response, 401, failure(401, 'Unauthorized', 'Unauthorized'));
  const document = documents[pathname];
  if (document) return reply(response, 200, document);
  const [, namespace, , called] = /^\/apis\/[^/]+\/[^/]+(?:\/namespaces\/([^/]+))?\/flunders(\/([^/]+))?$/.exec(pathname) ?? [undefined, undefined, undefined, undefined, undefined];
  if (!pathname.startsWith(`/apis/${groupVersion}/`)) return reply(response, 404, failure(404, 'NotFound', 'the server could not find the requested resource'));
  if (searchParams.get('watch')) return watch(flunders, response);
  if (called === undefined && request.method === 'GET') {
    return reply(response, 200, { kind: 'FlunderList', apiVersion: groupVersion, metadata: { resourceVersion: String(flunders.revision) }, items: flunders.list(namespace) });
  }
  return one(flunders, namespace!, called, request, response);
}

async function one(flunders: Flunders, namespace: string, called: string | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = (request.method === 'POST' || request.method === 'PUT') && (JSON.parse(Buffer.concat(chunks).toString()) as Flunder);
  if (body && request.method === 'POST') {
    if (flunders.get(namespace, body.metadata.name)) return reply(response, 409, failure(409, 'AlreadyExists', `flunders.${sampleGroup} "${body.metadata.name}" already exists`));
    const metadata = { ...body.metadata, namespace, uid: randomUUID(), creationTimestamp: new Date().toISOString().replace(/\.\d+/, '') };
    return reply(response, 201, flunders.put('ADDED', { ...body, metadata }));
  }
  if (called === undefined && request.method === 'DELETE') {
    for (const flunder of flunders.list(namespace)) flunders.put('DELETED', flunder);
    return reply(response, 200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });
  }
  const found = flunders.get(namespace, called ?? '');
  if (!found) return reply(response, 404, failure(404, 'NotFound', `flunders.${sampleGroup} "${called}" not found`));
  if (body) return reply(response, 200, flunders.put('MODIFIED', { ...body, metadata: { ...found.metadata, ...body.metadata } }));
  if (request.method === 'DELETE') return reply(response, 200, flunders.put('DELETED', found));
  reply(response, 200, found);
}

function watch(flunders: Flunders, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  response.once('close', flunders.watch((type, object) => response.write(`${JSON.stringify({ type, object })}\n`)));
}
