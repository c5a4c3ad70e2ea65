import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTLS } from 'node:tls';
import { eventually } from '../../support/cluster';
import { describeWithEngine } from '../../support/engine';
import { pod, service, startNetwork, type Network } from './cluster';

jest.setTimeout(240_000);

interface Ask {
  readonly host: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

interface Said {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** Tells its name, what was asked, and headers as they came to it. */
const echo = (name: string) => ({
  name: 'echo', image: 'nginx:1.27', readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
  command: ['sh', '-c', `echo 'server { listen 8080; add_header X-Up ${name}; location / { return 200 "${name} $request_method $request_uri $http_host $http_x_forwarded_for $http_x_added"; } }' > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'`],
});

/** Agrees to another protocol, in which it says what it is told. */
const parrot = {
  name: 'parrot', image: 'socat:1.7', readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
  env: [{ name: 'SCRIPT', value: `while read -r line; do [ "$line" = "$(printf '\\r')" ] && break; done; printf 'HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n\\r\\n'; exec cat` }],
  command: ['sh', '-c', `echo "$SCRIPT" > /tmp/script; exec socat TCP4-LISTEN:8080,fork,reuseaddr EXEC:'/bin/sh /tmp/script'`],
};

type Path = readonly [path: string, pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific', service: string];
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });

const ingress = (name: string, host: string, paths: readonly Path[], annotations: Record<string, string> = {}) => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'Ingress',
  metadata: { name, namespace: 'default', annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value])) },
  spec: { rules: [{ host, http: { paths: paths.map(([path, pathType, to]) => ({ path, pathType, backend: backend(to) })) } }] },
});

/** An Ingress of one path, for what an annotation does. */
const annotated = (name: string, annotations: Record<string, string>, to = 'one', host = `${name}.test`) => ingress(name, host, [['/', 'Prefix', to]], annotations);

const route = (name: string, ...rules: object[]) => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace: 'default' },
  spec: { parentRefs: [{ name: 'edge' }], hostnames: [`${name}.gate.test`], rules },
});
const to = (name: string, weight = 1) => ({ name, port: 80, weight });

// One cluster, one table: what an Ingress or a route says, as a client on this machine sees it.
describeWithEngine('Ingresses and routes on Docker', () => {
  let net: Network;
  let port = 0;
  let securePort = 0;

  /** A Secret with a certificate that names itself. */
  async function certified(name: string): Promise<void> {
    const [key, cert] = ['key', 'cert'].map((what) => join(net.cluster.home, `${name}.${what}`)) as [string, string];
    execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-days', '2', '-subj', `/CN=${name}`, '-keyout', key, '-out', cert], { stdio: 'pipe' });
    await net.ok('create', 'secret', 'tls', name, `--key=${key}`, `--cert=${cert}`);
  }

  beforeAll(async () => {
    net = await startNetwork('e2e-ingress');
    const { ingress: [url, secureUrl] } = JSON.parse(net.cluster.knarr(['status', '--profile', 'e2e-ingress', '-o', 'json']).stdout) as { ingress: string[] };
    port = Number(new URL(url!).port || 80);
    securePort = Number(new URL(secureUrl!).port || 443);
    await Promise.all(['first', 'second'].map(certified));
    await net.ok('create', 'secret', 'generic', 'users', `--from-literal=auth=ann:${execFileSync('openssl', ['passwd', '-apr1', '-salt', 'salt', 'secret'], { encoding: 'utf8' }).trim()}`);
    await net.apply(
      ...['one', 'two'].flatMap((name) => [pod(name, [echo(name)], { labels: { app: name } }), service(name, { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] })]),
      ingress('wild', '*.wild.test', [['/', 'Prefix', 'one']]),
      ingress('own', 'own.wild.test', [['/', 'Prefix', 'two']]),
      ingress('paths', 'paths.test', [['/exact', 'Exact', 'one'], ['/pre', 'Prefix', 'one'], ['/pre/deep', 'Prefix', 'two'], ['/any', 'ImplementationSpecific', 'two']]),
      ingress('rewrite', 'rewrite.test', [['/api(/|$)(.*)', 'ImplementationSpecific', 'one']], { 'rewrite-target': '/$2', 'use-regex': 'true' }),
      annotated('cors', { 'enable-cors': 'true', 'cors-allow-origin': 'https://ok.test' }),
      annotated('sources', { 'whitelist-source-range': '10.99.0.0/16' }),
      annotated('sticky', { 'affinity': 'cookie', 'session-cookie-name': 'route' }),
      annotated('size', { 'proxy-body-size': '1k' }),
      annotated('vhost', { 'upstream-vhost': 'inner.test' }),
      annotated('root', { 'app-root': '/app' }),
      annotated('moved', { 'permanent-redirect': 'https://else.test/x' }),
      annotated('forced', { 'force-ssl-redirect': 'true' }),
      annotated('secret', { 'auth-type': 'basic', 'auth-secret': 'users' }),
      pod('parrot', [parrot], { labels: { app: 'parrot' } }), service('parrot', { selector: { app: 'parrot' }, ports: [{ port: 80, targetPort: 8080 }] }),
      ingress('talk', 'talk.test', [['/', 'Prefix', 'parrot']]),
      ...['first', 'second'].map((name) => {
        const { spec, ...rest } = ingress(name, `${name}.test`, [['/', 'Prefix', 'one']], { 'ssl-redirect': 'false' });
        return { ...rest, spec: { ...spec, tls: [{ hosts: [`${name}.test`], secretName: name }] } };
      }),
      annotated('canary', {}),
      annotated('canary-two', { 'canary': 'true', 'canary-by-header': 'x-canary' }, 'two', 'canary.test'),
      { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'edge', namespace: 'default' }, spec: { gatewayClassName: 'knarr', listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname: '*.gate.test' }] } },
      route('filters', { matches: [{ path: { value: '/old' } }], backendRefs: [to('one')], filters: [
        { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } } },
        { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-added', value: 'yes' }] } },
        { type: 'ResponseHeaderModifier', responseHeaderModifier: { add: [{ name: 'x-from', value: 'route' }], remove: ['x-up'] } },
      ] }, { matches: [{ path: { value: '/gone' } }], filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'else.test', statusCode: 301 } }] }),
      route('matches', { matches: [{ method: 'POST' }, { headers: [{ name: 'x-two', value: '2' }] }, { queryParams: [{ name: 'two', value: '2' }] }], backendRefs: [to('two')] }, { backendRefs: [to('one')] }),
      route('weights', { backendRefs: [to('one', 0), to('two', 1)] }),
    );
    await net.ok('wait', '--for=condition=Ready', 'pod/one', 'pod/two', 'pod/parrot', '--timeout=120s');
    await net.ok('wait', '--for=condition=Programmed', 'gateway/edge', '--timeout=60s');
    await eventually(async () => (await ask({ host: 'weights.gate.test' })).status === 200 && (await ask({ host: 'canary.test' })).status === 200);
  });
  afterAll(() => net?.cluster.destroy());

  const ask = ({ host, path = '/', method = 'GET', headers, body }: Ask) => new Promise<Said>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, method, agent: false, headers: { ...headers, host } }, (response) => {
      text(response).then((said) => resolve({ status: response.statusCode!, headers: response.headers, text: said }), reject);
    }).once('error', reject).end(body);
  });
  const said = (name: string, asked: string, host: string) => ({ status: 200, text: expect.stringMatching(new RegExp(`^${name} ${asked.replaceAll('?', '\\?')} ${host} 127\\.0\\.0\\.1`)) as string });

  it.each<[string, Ask, object]>([
    ['a wildcard host', { host: 'a.wild.test' }, said('one', 'GET /', 'a.wild.test')],
    ['a name before a wildcard', { host: 'own.wild.test' }, said('two', 'GET /', 'own.wild.test')],
    ['a wildcard is one label', { host: 'a.b.wild.test' }, { status: 404 }],
    ['an exact path', { host: 'paths.test', path: '/exact?a=b' }, said('one', 'GET /exact?a=b', 'paths.test')],
    ['no more than it', { host: 'paths.test', path: '/exact/' }, { status: 404 }],
    ['a prefix', { host: 'paths.test', path: '/pre/x' }, said('one', 'GET /pre/x', 'paths.test')],
    ['a prefix by elements', { host: 'paths.test', path: '/prefix' }, { status: 404 }],
    ['the longer prefix', { host: 'paths.test', path: '/pre/deep/x' }, said('two', 'GET /pre/deep/x', 'paths.test')],
    ['whatever the class makes of it', { host: 'paths.test', path: '/any/x' }, said('two', 'GET /any/x', 'paths.test')],
    ['rewrite-target', { host: 'rewrite.test', path: '/api/a/b?c=d' }, said('one', 'GET /a/b?c=d', 'rewrite.test')],
    ['enable-cors', { host: 'cors.test', headers: { origin: 'https://ok.test' } }, { status: 200, headers: { 'access-control-allow-origin': 'https://ok.test' } }],
    ['enable-cors, preflight', { host: 'cors.test', method: 'OPTIONS', headers: { 'origin': 'https://ok.test', 'access-control-request-method': 'PUT' } }, { status: 204, headers: { 'access-control-max-age': '1728000' } }],
    ['whitelist-source-range', { host: 'sources.test' }, { status: 403 }],
    ['affinity', { host: 'sticky.test' }, { status: 200, headers: { 'set-cookie': [expect.stringMatching(/^route=[0-9a-f]{32}; Path=\/; HttpOnly$/)] } }],
    ['proxy-body-size', { host: 'size.test', method: 'POST', body: 'x'.repeat(2000) }, { status: 413 }],
    ['proxy-body-size, within it', { host: 'size.test', method: 'POST', body: 'x' }, said('one', 'POST /', 'size.test')],
    ['auth-secret, nobody', { host: 'secret.test' }, { status: 401, headers: { 'www-authenticate': expect.stringContaining('Basic') } }],
    ['auth-secret, somebody', { host: 'secret.test', headers: { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` } }, said('one', 'GET /', 'secret.test')],
    ['upstream-vhost', { host: 'vhost.test' }, said('one', 'GET /', 'inner.test')],
    ['app-root', { host: 'root.test' }, { status: 302, headers: { location: expect.stringMatching(/^http:\/\/root\.test(:\d+)?\/app$/) } }],
    ['permanent-redirect', { host: 'moved.test' }, { status: 301, headers: { location: 'https://else.test/x' } }],
    ['force-ssl-redirect', { host: 'forced.test' }, { status: 308, headers: { location: expect.stringMatching(/^https:\/\/forced\.test/) } }],
    ['canary-by-header', { host: 'canary.test', headers: { 'x-canary': 'always' } }, said('two', 'GET /', 'canary.test')],
    ['canary-by-header, never', { host: 'canary.test', headers: { 'x-canary': 'never' } }, said('one', 'GET /', 'canary.test')],
    ['the name of a Service', { host: 'two.default.localhost' }, said('two', 'GET /', 'two.default.localhost')],
    ['filters of a route', { host: 'filters.gate.test', path: '/old/x' }, { status: 200, text: 'one GET /new/x filters.gate.test 127.0.0.1 yes', headers: { 'x-from': 'route' } }],
    ['a redirect of a route', { host: 'filters.gate.test', path: '/gone' }, { status: 301, headers: { location: expect.stringMatching(/^http:\/\/else\.test(:\d+)?\/gone$/) } }],
    ['a match by method', { host: 'matches.gate.test', method: 'POST', body: 'x' }, said('two', 'POST /', 'matches.gate.test')],
    ['a match by header', { host: 'matches.gate.test', headers: { 'x-two': '2' } }, said('two', 'GET /', 'matches.gate.test')],
    ['a match by query', { host: 'matches.gate.test', path: '/?two=2' }, said('two', 'GET /?two=2', 'matches.gate.test')],
    ['no match of these', { host: 'matches.gate.test' }, said('one', 'GET /', 'matches.gate.test')],
    ['weights', { host: 'weights.gate.test' }, said('two', 'GET /', 'weights.gate.test')],
  ])('%s', async (_, asked, expected) => {
    expect(await ask(asked)).toMatchObject(expected);
  });

  it('takes headers off on their way back', async () => {
    expect((await ask({ host: 'filters.gate.test', path: '/old' })).headers).not.toHaveProperty('x-up');
  });

  it.each(['first', 'second'])('gives the certificate of the name that is asked for: %s', async (name) => {
    const socket = connectTLS({ port: securePort, host: '127.0.0.1', servername: `${name}.test`, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    expect(socket.getPeerCertificate().subject.CN).toBe(name);
    socket.write(`GET / HTTP/1.1\r\nHost: ${name}.test\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toContain(`one GET / ${name}.test 127.0.0.1`);
  });

  it('carries another protocol both ways once both sides have agreed', async () => {
    const socket = connect({ port, host: '127.0.0.1' });
    let got = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => { got += chunk; });
    socket.write('GET / HTTP/1.1\r\nHost: talk.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await eventually(() => /^HTTP\/1\.1 101 [^]*\r\n\r\n$/.test(got));
    for (const word of ['one', 'two', 'three']) {
      socket.write(word);
      await eventually(() => got.endsWith(word));
    }
    socket.destroy();
  });
});
