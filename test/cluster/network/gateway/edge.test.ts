import { createServer, request, type IncomingMessage, type RequestOptions, type Server } from 'node:http';
import { get as getTLS } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import type { Gateway, HTTPRoute } from '../../../../src/kinds/gateway.networking.k8s.io/types';
import { eventually } from '../../../support/cluster';
import { startEdgeNetwork, type EdgeNetwork } from '../edge-network';
import { gateway, gatewayClass, http, prefix, route, to } from './objects';

const group = 'gateway.networking.k8s.io';
const [classes, gateways, routes] = ['gatewayclasses', 'gateways', 'httproutes'].map((plural) => ({ group, version: 'v1', plural, namespaced: plural !== 'gatewayclasses' })) as [never, never, never];

const heard: string[] = [];

/** Tells what it was asked, and who it is. */
const pod = (name: string) => new Promise<Server>((resolve) => {
  const server = createServer((asked, response) => {
    heard.push(`${name} ${asked.url}`);
    text(asked).then((body) => response.setHeader('x-pod', name).end(JSON.stringify({ name, url: asked.url, headers: asked.headers, body })), () => response.destroy());
  }).listen(0, '127.0.0.1', () => resolve(server));
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly said: { name: string; url: string; headers: Record<string, string>; body: string };
}

describe('Gateways on this machine', () => {
  let edge: EdgeNetwork;
  let client: EdgeNetwork['client'];
  let network: EdgeNetwork['network'];
  let own: number;
  const taken = createServer();

  beforeAll(async () => {
    edge = await startEdgeNetwork();
    ({ client, network } = edge);
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      edge.pods.set(`10.244.0.${index + 2}:8080`, await pod(name));
      await edge.expose(name, `10.244.0.${index + 2}`);
    }
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    own = await freePort();
    await client.create(classes, gatewayClass() as never);
    await client.create(gateways, gateway('gw', [
      http('web'), http('own', { port: own }), http('taken', { port: (taken.address() as AddressInfo).port }),
      http('tls', { port: 443, protocol: 'HTTPS', hostname: 'secure.example.com', tls: { mode: 'Terminate', certificateRefs: [{ name: 'cert' }] } }),
    ]) as never);
  });
  afterAll(async () => {
    await edge.stop();
    taken.close();
  });

  const freePort = () => new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
  const ask = (host: string, path = '/', { port = network.edgePorts!.http, ...options }: RequestOptions & { port?: number } = {}, body?: string) => new Promise<Answer>((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, agent: false, ...options, headers: { host, ...options.headers as object } }, (response) => {
      text(response).then((said) => resolve({ status: response.statusCode!, headers: response.headers, said: (said.startsWith('{') ? JSON.parse(said) : {}) as Answer['said'] }), reject);
    }).once('error', reject);
    sent.end(body);
  });
  /** Puts the route up and waits until the controller has seen it. */
  const serve = async (one: HTTPRoute) => {
    await client.create(routes, one as never);
    return eventually(async () => (await client.get<HTTPRoute & { metadata: { name: string } }>(routes, one.metadata.name, 'default')).status?.parents[0]);
  };

  it('serves the usual ports, and ports of their own; says what cannot be had', async () => {
    await serve(route('plain', [to('one')], { hostnames: ['plain.example.com'] }));
    expect([(await ask('plain.example.com')).said.name, (await ask('plain.example.com', '/', { port: own })).said.name]).toEqual(['one', 'one']);
    expect((await ask('other.example.com', '/', { port: own })).status).toBe(404);
    const status = await eventually(async () => {
      const { listeners } = (await client.get<Gateway>(gateways, 'gw', 'default')).status ?? {};
      return listeners?.find(({ name }) => name === 'taken')?.conditions.some(({ reason }) => reason === 'PortUnavailable') ? listeners : undefined;
    });
    expect(status.map(({ name, attachedRoutes }) => [name, attachedRoutes])).toEqual([['web', 1], ['own', 1], ['taken', 1], ['tls', 0]]);
  });

  it('presents the certificate of the listener', async () => {
    await serve(route('secure', [to('one')], { hostnames: ['secure.example.com'], parents: [{ name: 'gw', sectionName: 'tls' }] }));
    const subject = await new Promise<string>((resolve, reject) => {
      getTLS({ port: network.edgePorts!.https, host: '127.0.0.1', servername: 'secure.example.com', agent: false, ca: edge.ca.cert, headers: { host: 'secure.example.com' } }, (response) => {
        resolve(`${(response.socket as TLSSocket).getPeerCertificate().subject.CN as string} ${response.statusCode}`);
        response.resume();
      }).once('error', reject);
    });
    expect(subject).toBe('secure 200');
    expect((await ask('secure.example.com')).status).toBe(404);
  });

  it('changes requests and answers', async () => {
    await serve(route('change', [{
      matches: [prefix('/old')], backendRefs: [{ name: 'two', port: 80 }],
      filters: [
        { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-Set', value: 'new' }], add: [{ name: 'X-Add', value: 'more' }], remove: ['X-Gone'] } },
        { type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'X-Answer', value: 'yes' }], remove: ['X-Pod'] } },
        { type: 'URLRewrite', urlRewrite: { hostname: 'inside.example.com', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } } },
      ],
    }], { hostnames: ['change.example.com'] }));
    const { said, headers } = await ask('change.example.com', '/old/x?y=1', { headers: { 'X-Set': 'old', 'X-Add': 'some', 'X-Gone': 'a' } });
    expect(said).toMatchObject({ name: 'two', url: '/new/x?y=1', headers: { 'x-set': 'new', 'x-add': 'some,more', 'host': 'inside.example.com' } });
    expect([said.headers['x-gone'], headers['x-answer'], headers['x-pod']]).toEqual([undefined, 'yes', undefined]);
  });

  it('sends elsewhere', async () => {
    await serve(route('redirect', [{ filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'b.example.com', scheme: 'https', port: 443, statusCode: 301 } }] }], { hostnames: ['redirect.example.com'] }));
    expect(await ask('redirect.example.com', '/x?y')).toMatchObject({ status: 301, headers: { location: 'https://b.example.com/x?y' } });
  });

  it('shares requests by weight', async () => {
    await serve(route('weights', [{ backendRefs: [{ name: 'one', port: 80, weight: 70 }, { name: 'two', port: 80, weight: 30 }, { name: 'three', port: 80, weight: 0 }] }], { hostnames: ['weights.example.com'] }));
    const counts: Record<string, number> = {};
    for (let turn = 0; turn < 200; turn++) {
      const { said: { name } } = await ask('weights.example.com');
      counts[name] = (counts[name] ?? 0) + 1;
    }
    expect(counts['three']).toBeUndefined();
    // Five standard deviations of 200 draws.
    expect(Math.abs(counts['one']! - 140)).toBeLessThan(33);
  });

  it('sends a copy to a mirror, whose answer nobody waits for', async () => {
    await serve(route('mirror', [{ backendRefs: [{ name: 'one', port: 80 }], filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'three', port: 80 } } }] }], { hostnames: ['mirror.example.com'] }));
    expect((await ask('mirror.example.com', '/copied', { method: 'POST' }, 'body')).said).toMatchObject({ name: 'one', body: 'body' });
    await eventually(() => heard.includes('three /copied'));
  });

  it('forgets what is deleted', async () => {
    await client.delete(routes, 'plain', 'default');
    await eventually(async () => (await ask('plain.example.com')).status === 404);
    await client.delete(gateways, 'gw', 'default');
    await eventually(() => ask('weights.example.com', '/', { port: own }).then(() => false, (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED'));
  });
});
