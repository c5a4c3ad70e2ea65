import { apr1, isAdmitted, readPasswords } from '../../../../src/cluster/network/http/basic-auth';
import { chooseBackend, stickyTarget, stickyValue, Turns } from '../../../../src/cluster/network/http/choose';
import { decide } from '../../../../src/cluster/network/http/decide';
import { downstreamHeaders, upstreamHeaders } from '../../../../src/cluster/network/http/headers';
import type { Action, Backend, Claim, Policy, RequestHead } from '../../../../src/cluster/network/http/route';

const target = (address: string) => ({ address, port: 80 });
const backend = (name: string, weight = 1, more: Partial<Backend> = {}): Backend => ({ name, weight, protocol: 'http', targets: [target('10.244.0.2')], ...more });
const head = (more: Partial<RequestHead> = {}): RequestHead => ({ secure: false, method: 'GET', host: 'a.example.com', path: '/x', query: '', headers: {}, address: '127.0.0.1', ...more });
const ports = { own: 80, http: 80, https: 443 };
const decided = (policy: Policy, more: Partial<RequestHead> = {}, action: Action = { do: 'forward', backends: [backend('web')] }) =>
  decide({ owner: 'Ingress default/web', match: { path: { type: 'prefix', path: '/' } }, policy, action }, head(more), { ports, random: () => 0 });

describe('decide', () => {
  const cors = { origins: ['https://*.example.com'], methods: 'GET', headers: 'X-A', credentials: true, maxAgeSeconds: 60 };
  const users = readPasswords('jane:{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=\n');
  it.each<[string, Policy, Partial<RequestHead>, object]>([
    ['everything is good: forward', {}, {}, { do: 'forward', path: '/x', responseHeaders: {} }],
    ['HTTPS only', { httpsOnly: true }, { query: '?a' }, { do: 'answer', status: 308, headers: { location: 'https://a.example.com/x?a' } }],
    ['HTTPS only, on HTTPS', { httpsOnly: true }, { secure: true }, { do: 'forward' }],
    ['HTTPS only, behind another proxy', { httpsOnly: true }, { headers: { 'x-forwarded-proto': 'https' } }, { do: 'forward' }],
    ['a source that is allowed', { allowedSources: ['10.0.0.0/8', '127.0.0.1'] }, {}, { do: 'forward' }],
    ['a source that is not', { allowedSources: ['10.0.0.0/8'] }, {}, { do: 'answer', status: 403 }],
    ['no password', { basicAuth: { realm: 'r', users } }, {}, { do: 'answer', status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }],
    ['the wrong password', { basicAuth: { realm: 'r', users } }, { headers: { authorization: `Basic ${btoa('jane:x')}` } }, { do: 'answer', status: 401 }],
    ['the right password', { basicAuth: { realm: 'r', users } }, { headers: { authorization: `Basic ${btoa('jane:test')}` } }, { do: 'forward' }],
    ['no passwords at all', { basicAuth: { realm: 'r' } }, { headers: { authorization: `Basic ${btoa('jane:test')}` } }, { do: 'answer', status: 503 }],
    ['the app root', { appRoot: '/app' }, { path: '/' }, { do: 'answer', status: 302, headers: { location: 'http://a.example.com/app' } }],
    ['CORS', { cors }, { headers: { origin: 'https://b.example.com' } }, { do: 'forward', responseHeaders: { 'access-control-allow-origin': 'https://b.example.com', 'access-control-allow-credentials': 'true' } }],
    ['CORS for another origin', { cors }, { headers: { origin: 'https://b.org' } }, { do: 'forward', responseHeaders: {} }],
    ['a preflight', { cors, basicAuth: { realm: 'r', users } }, { method: 'OPTIONS', headers: { origin: 'https://b.example.com', 'access-control-request-method': 'PUT' } }, { do: 'answer', status: 204, headers: { 'access-control-allow-methods': 'GET', 'access-control-max-age': '60' } }],
  ])('%s', (_, policy, more, expected) => {
    expect(decided(policy, more)).toMatchObject(expected);
  });

  it('says why a backend cannot serve', () => {
    expect(decided({}, {}, { do: 'forward', backends: [backend('web', 1, { targets: [], problem: { status: 503, message: 'Service default/web does not exist' } })] }))
      .toMatchObject({ status: 503, message: 'Ingress default/web: Service default/web does not exist' });
    expect(decided({}, {}, { do: 'forward', backends: [] })).toMatchObject({ status: 500 });
    expect(decided({}, {}, { do: 'forward', backends: [backend('web', 1, { targets: [] })] })).toMatchObject({ status: 503, message: 'Ingress default/web: web has no endpoints' });
  });
});

describe('choosing a backend', () => {
  const share = (backends: Backend[], more: Partial<RequestHead> = {}) => {
    const counts: Record<string, number> = {};
    for (let at = 0; at < 100; at++) {
      const { name } = chooseBackend(backends, head(more), () => at / 100)!;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  };
  const canary = (claim: Claim, weight = 0) => [backend('main', 100 - weight), backend('canary', weight, { claim })];
  it.each<[string, Backend[], Partial<RequestHead>, object]>([
    ['by weight', [backend('a', 3), backend('b', 1), backend('c', 0)], {}, { a: 75, b: 25 }],
    ['a canary by weight', canary({}, 20), {}, { main: 80, canary: 20 }],
    ['always', canary({ header: 'x-canary' }), { headers: { 'x-canary': 'always' } }, { canary: 100 }],
    ['never', canary({ header: 'x-canary' }, 50), { headers: { 'x-canary': 'never' } }, { main: 100 }],
    ['a value', canary({ header: 'x-canary', headerValue: 'yes' }), { headers: { 'x-canary': 'yes' } }, { canary: 100 }],
    ['another value: the weight', canary({ header: 'x-canary', headerValue: 'yes' }, 10), { headers: { 'x-canary': 'always' } }, { main: 90, canary: 10 }],
    ['a pattern', canary({ header: 'x-canary', headerPattern: /^de/ }), { headers: { 'x-canary': 'de' } }, { canary: 100 }],
    ['a cookie', canary({ cookie: 'c' }), { headers: { cookie: 'a=b; c=always' } }, { canary: 100 }],
  ])('%s', (_, backends, more, expected) => {
    expect(share(backends, more)).toEqual(expected);
  });

  it('has no choice where all weights are zero', () => {
    expect([chooseBackend([backend('a', 0)], head(), () => 0), chooseBackend([backend('a', 0), backend('b', 0)], head(), () => 0)]).toEqual([undefined, undefined]);
  });
});

describe('choosing a target', () => {
  const targets = [target('10.0.0.1'), target('10.0.0.2'), target('10.0.0.3')];
  it('takes turns, and goes elsewhere after a failure', () => {
    const turns = new Turns(() => 0);
    expect(new Set([1, 2, 3].map(() => turns.choose(targets))).size).toBe(3);
    for (let at = 0; at < 6; at++) expect(turns.choose(targets, targets.slice(0, 2))).toBe(targets[2]);
    expect(targets).toContain(turns.choose(targets, targets));
  });

  it('keeps a client where its cookie says, while that is there', () => {
    const affinity = { cookie: 'route', attributes: '; Path=/' };
    const cookie = `a=b; route=${stickyValue(targets[1]!)}`;
    expect(stickyTarget(targets, affinity, head({ headers: { cookie } }))).toBe(targets[1]);
    expect(stickyTarget(targets.slice(0, 1), affinity, head({ headers: { cookie } }))).toBeUndefined();
  });
});

describe('passwords', () => {
  // Made by `openssl passwd -apr1`.
  it.each([['myPassword', '$apr1$r31.....$HqJZimcKQFAMYayBlzkrA/'], ['test', '$apr1$abcdefgh$/cesMUEGhga5MgaTGywaW0']])('apr1 of %s', (password, hash) => {
    expect(apr1(password, hash.split('$')[2]!)).toBe(hash);
  });

  it('admits by apr1 and by none that is not known', () => {
    const users = readPasswords('a:$apr1$r31.....$HqJZimcKQFAMYayBlzkrA/\nb:$2y$05$abc\n# c:d\n');
    const admitted = (given: string) => isAdmitted({ realm: '', users }, `Basic ${btoa(given)}`);
    expect(['a:myPassword', 'a:other', 'b:', 'c:d', 'myPassword', ''].map(admitted)).toEqual([true, false, false, false, false, false]);
  });
});

describe('headers', () => {
  const facts = { address: '127.0.0.1', host: 'a.example.com:8080', port: 8080, secure: false, requestId: 'id' };
  const record = (list: readonly string[]) => Object.fromEntries(Array.from({ length: list.length / 2 }, (_, at) => [list[2 * at]!.toLowerCase(), list[2 * at + 1]]));

  it('tells the backend of the client, whatever the client says, and keeps what is of one connection', () => {
    const raw = ['Host', 'a.example.com:8080', 'Connection', 'keep-alive, x-hop', 'X-Hop', '1', 'X-Forwarded-For', '6.6.6.6', 'Upgrade', 'h2c', 'Accept', '*/*', 'cookie', 'a=1', 'cookie', 'b=2', ':path', '/'];
    expect(record(upstreamHeaders(raw, facts, undefined, []))).toEqual({
      'host': 'a.example.com:8080', 'accept': '*/*', 'cookie': 'a=1; b=2', 'x-request-id': 'id', 'x-real-ip': '127.0.0.1', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'a.example.com:8080',
      'x-forwarded-port': '8080', 'x-forwarded-proto': 'http', 'x-forwarded-scheme': 'http', 'x-scheme': 'http',
    });
  });

  it('edits: removes, sets, adds to what is there', () => {
    const edited = record(upstreamHeaders(['A', '1', 'B', '2', 'C', '3'], facts, 'inner', [{ remove: ['a'], set: [['b', '4']], add: [['c', '5'], ['d', '6']] }]));
    expect(edited).toMatchObject({ host: 'inner', b: '4', c: '3,5', d: '6' });
    expect(edited).not.toHaveProperty('a');
    expect(downstreamHeaders({ 'a': '1', 'connection': 'close', 'transfer-encoding': 'chunked', 'set-cookie': ['x=1', 'y=2'] }, [{ set: [['b', '2']], add: [['a', '3']] }, undefined]))
      .toEqual({ 'a': ['1', '3'], 'b': '2', 'set-cookie': ['x=1', 'y=2'] });
  });
});
