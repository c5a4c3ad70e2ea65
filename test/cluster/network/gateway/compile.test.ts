import type { Namespace, Secret } from '../../../../src/api/generated/core.v1';
import { compileGateways, findGatewayRoute, type GatewayInput } from '../../../../src/cluster/network/gateway/compile';
import { classStatus, gatewayStatus, routeStatus } from '../../../../src/cluster/network/gateway/statuses';
import { Certificates } from '../../../../src/cluster/network/ingress/secrets';
import type { ServiceView } from '../../../../src/cluster/network/ingress/services';
import type { Gateway, HTTPRoute, Listener, ReferenceGrant, RouteMatch } from '../../../../src/kinds/gateway.networking.k8s.io/types';
import { endpoint, service, slice, unready } from '../objects';
import { exact, gateway, gatewayClass, grant, header, http, pattern, prefix, query, route, to } from './objects';

const names = ['one', 'two', 'three', 'down'];
const view: ServiceView = {
  service: (namespace, name) => (names.includes(name) ? { ...service(name, { clusterIP: '10.96.1.1', ports: [{ port: 80 }] }), metadata: { name, namespace } } : undefined),
  slices: (_namespace, name) => [slice(name, [{ name: '', port: 8080 }], [endpoint(`10.244.0.${names.indexOf(name) + 2}`, 'n1', name === 'down' ? unready : undefined)])],
};
const namespace = (name: string, labels: Record<string, string> = {}): Namespace => ({ metadata: { name, labels }, spec: {} });
const now = '2026-02-01T00:00:00Z';

interface World extends Partial<Omit<GatewayInput, 'namespace'>> {
  readonly namespaces?: readonly Namespace[];
}

const compiled = ({ namespaces = [namespace('default'), namespace('other', { team: 'a' })], ...world }: World) => compileGateways({
  classes: [gatewayClass(), gatewayClass('foreign', 'example.com/controller')], gateways: [gateway('gw', [http('web')])], routes: [], grants: [], view,
  secrets: () => undefined, certificates: new Certificates(), portProblem: () => undefined, namespace: (name) => namespaces.find(({ metadata }) => metadata.name === name), ...world,
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly port?: number;
}

/** Where a request leads: the backends' Services, what else is done, or `nowhere`. */
function leads(world: World, url: string, { method = 'GET', headers = {}, port = 80 }: Asked = {}): string {
  const { host, pathname, search } = new URL(`http://${url}`);
  const found = findGatewayRoute(compiled(world), port, { secure: false, method, host, path: pathname, query: search, headers, address: '127.0.0.1' });
  if (!found) return 'nowhere';
  const { action } = found;
  return action.do === 'forward' ? action.backends.map(({ name, problem }) => `${/\/([a-z]+)/.exec(name)![1]}${problem ? ` ${problem.status}` : ''}`).join(' ') : action.do === 'refuse' ? String(action.status) : action.do;
}

describe('a request', () => {
  const rules = (...all: Parameters<typeof to>[]): World => ({ routes: [route('r', all.map((one) => to(...one)))] });
  const paths = rules(['one', exact('/one')], ['two', prefix('/two')], ['three', pattern('/three/[0-9]+')]);
  const headers = rules(['one', header('Version', 'one')], ['two', header('version', 'two')], ['three', header('color', 'b.*', 'RegularExpression')], ['one', { headers: [{ name: 'version', value: 'two' }, { name: 'color', value: 'red' }] }]);
  const both = rules(['one', { ...prefix('/a'), ...header('version', 'one') }], ['two', prefix('/a')], ['three', prefix('/')]);
  const methods = rules(['one', { method: 'POST' }], ['two', { method: 'GET' }], ['three', { ...prefix('/path'), method: 'PATCH' }]);
  const queries = rules(['one', query('animal', 'whale')], ['two', query('animal', 'dolphin')], ['three', { queryParams: [{ name: 'animal', value: 'dolphin' }, { name: 'color', value: 'blue' }] }]);
  const anyOf = rules(['one', prefix('/a'), prefix('/b')]);

  it.each<[string, World, string, Asked, string]>([
    ['an exact path', paths, 'a.com/one', {}, 'one'],
    ['an exact path has nothing below', paths, 'a.com/one/x', {}, 'nowhere'],
    ['an exact path has no slash at its end', paths, 'a.com/one/', {}, 'nowhere'],
    ['an exact path is told from its other case', paths, 'a.com/One', {}, 'nowhere'],
    ['a prefix by itself', paths, 'a.com/two', {}, 'two'],
    ['a prefix and what is below', paths, 'a.com/two/x', {}, 'two'],
    ['a prefix is of whole elements', paths, 'a.com/twofold', {}, 'nowhere'],
    ['a pattern', paths, 'a.com/three/12', {}, 'three'],
    ['a pattern is for the whole path', paths, 'a.com/three/12/x', {}, 'nowhere'],
    ['one of several matches', anyOf, 'a.com/b', {}, 'one'],
    ['a header', headers, 'a.com/', { headers: { version: 'one' } }, 'one'],
    ['the name of a header in any case', headers, 'a.com/', { headers: { version: 'two' } }, 'two'],
    ['a header by a pattern', headers, 'a.com/', { headers: { color: 'blue' } }, 'three'],
    ['more headers before fewer', headers, 'a.com/', { headers: { version: 'two', color: 'red' } }, 'one'],
    ['no header', headers, 'a.com/', {}, 'nowhere'],
    ['the longer path, where the header is there', both, 'a.com/a', { headers: { version: 'one' } }, 'one'],
    ['the longer path, where it is not', both, 'a.com/a', {}, 'two'],
    ['the rest', both, 'a.com/b', { headers: { version: 'one' } }, 'three'],
    ['a method', methods, 'a.com/', { method: 'POST' }, 'one'],
    ['a method that nobody takes', methods, 'a.com/', { method: 'PUT' }, 'nowhere'],
    ['a method at a path', methods, 'a.com/path', { method: 'PATCH' }, 'three'],
    ['a parameter', queries, 'a.com/?animal=whale', {}, 'one'],
    ['more parameters before fewer', queries, 'a.com/?color=blue&animal=dolphin', {}, 'three'],
    ['another value', queries, 'a.com/?animal=ant', {}, 'nowhere'],
    ['the first value of a parameter', queries, 'a.com/?animal=whale&animal=dolphin', {}, 'one'],
  ])('%s', (_, world, url, asked, expected) => expect(leads(world, url, asked)).toBe(expected));

  it('goes to the older of two routes that say the same, then to the first by name, then to the first rule', () => {
    const same = (name: string, service: string, since: string) => route(name, [to(service, prefix('/'))], { since });
    expect(leads({ routes: [same('a', 'one', '02'), same('b', 'two', '01')] }, 'a.com/')).toBe('two');
    expect(leads({ routes: [same('b', 'two', '01'), same('a', 'one', '01')] }, 'a.com/')).toBe('one');
    expect(leads({ routes: [route('r', [to('two'), to('one')])] }, 'a.com/')).toBe('two');
  });

  it('goes to several by their weights, and to none that has none', () => {
    const weighted = { routes: [route('r', [{ backendRefs: [{ name: 'one', port: 80, weight: 70 }, { name: 'two', port: 80, weight: 0 }] }])] };
    expect(findGatewayRoute(compiled(weighted), 80, { secure: false, method: 'GET', host: 'a.com', path: '/', query: '', headers: {}, address: '' })?.action)
      .toMatchObject({ do: 'forward', backends: [{ weight: 70 }, { weight: 0 }] });
  });

  const failing: [string, HTTPRoute, ReferenceGrant[], string, string | undefined][] = [
    ['no such Service', route('r', [to('none')]), [], 'none 500', 'BackendNotFound'],
    ['no such port', route('r', [{ backendRefs: [{ name: 'one', port: 81 }] }]), [], 'one 500', 'BackendNotFound'],
    ['nobody ready', route('r', [to('down')]), [], 'down 503', undefined],
    ['something else than a Service', route('r', [{ backendRefs: [{ kind: 'Pod', name: 'one' }] }]), [], 'one 500', 'InvalidKind'],
    ['another namespace', route('r', [{ backendRefs: [{ name: 'one', namespace: 'other', port: 80 }] }]), [], 'one 500', 'RefNotPermitted'],
    ['another namespace that grants it', route('r', [{ backendRefs: [{ name: 'one', namespace: 'other', port: 80 }] }]), [grant('other', { kind: 'HTTPRoute', namespace: 'default' }, { kind: 'Service' })], 'one', undefined],
    ['another namespace that grants another one', route('r', [{ backendRefs: [{ name: 'one', namespace: 'other', port: 80 }] }]), [grant('other', { kind: 'HTTPRoute', namespace: 'default' }, { kind: 'Service', name: 'two' })], 'one 500', 'RefNotPermitted'],
    ['another namespace that grants it to Gateways', route('r', [{ backendRefs: [{ name: 'one', namespace: 'other', port: 80 }] }]), [grant('other', { kind: 'Gateway', namespace: 'default' }, { kind: 'Service' })], 'one 500', 'RefNotPermitted'],
    ['no backend', route('r', [{}]), [], '500', undefined],
  ];
  it.each(failing)('for %s', (_, one, grants, expected, reason) => {
    expect(leads({ routes: [one], grants }, 'a.com/')).toBe(expected);
    expect(conditionsOf(one, { grants })).toMatchObject({ Accepted: 'True Accepted', ResolvedRefs: reason ? `False ${reason}` : 'True ResolvedRefs' });
  });
});

/** `True Accepted` by type, of the route's first parent. */
function conditionsOf(one: HTTPRoute, world: World = {}): Record<string, string> | undefined {
  const [, found] = [...compiled({ ...world, routes: [one] }).parents].find(([each]) => each === one)!;
  const { parents } = routeStatus(one, found, now);
  return parents[0] && Object.fromEntries((parents[0].conditions ?? []).map(({ type, status, reason }) => [type, `${status} ${reason}`]));
}

describe('hostnames', () => {
  const listeners = [http('precise', { hostname: 'very.specific.com' }), http('wild', { hostname: '*.wildcard.io' }), http('deep', { hostname: '*.anotherwildcard.io' })];
  const world = (...hostnames: string[]): World => ({ gateways: [gateway('gw', listeners)], routes: [route('r', [to('one')], { hostnames })] });
  it.each<[string, World, string, string]>([
    ['the one of both', world('non.matching.com', 'very.specific.com'), 'very.specific.com', 'one'],
    ['no other of the route', world('non.matching.com', 'very.specific.com'), 'non.matching.com', 'nowhere'],
    ['a wildcard of the route covers the name of the listener', world('*.specific.com'), 'very.specific.com', 'one'],
    ['and no more than that', world('*.specific.com'), 'less.specific.com', 'nowhere'],
    ['a name below the wildcard of the listener', world('foo.wildcard.io'), 'foo.wildcard.io', 'one'],
    ['and no other', world('foo.wildcard.io'), 'bar.wildcard.io', 'nowhere'],
    ['a wildcard is not its own domain', world('*.wildcard.io'), 'wildcard.io', 'nowhere'],
    ['a wildcard stands for any number of labels', world('*.anotherwildcard.io'), 'four.three.two.one.anotherwildcard.io', 'one'],
    ['those of the listener where the route has none', world(), 'x.wildcard.io', 'one'],
    ['in any case of letters', world('Very.Specific.COM'), 'very.specific.com', 'one'],
  ])('%s', (_, of, host, expected) => expect(leads(of, `${host}/`)).toBe(expected));

  it('the more precise one of two routes', () => {
    const routes = [route('wide', [to('one')], { hostnames: ['*.example.com'] }), route('narrow', [to('two', prefix('/a'))], { hostnames: ['a.example.com'] })];
    expect([leads({ routes }, 'a.example.com/a'), leads({ routes }, 'b.example.com/a')]).toEqual(['two', 'one']);
  });

  it('the more precise one of two listeners has the request to itself', () => {
    const two = { gateways: [gateway('gw', [http('any'), http('own', { hostname: 'a.com' })])] };
    const routes = [route('any', [to('one')], { parents: [{ name: 'gw', sectionName: 'any' }] }), route('own', [to('two', prefix('/own'))], { parents: [{ name: 'gw', sectionName: 'own' }] })];
    expect(['a.com/own', 'a.com/x', 'b.com/own'].map((url) => leads({ ...two, routes }, url))).toEqual(['two', 'nowhere', 'one']);
  });
});

describe('a route', () => {
  const ports = { gateways: [gateway('gw', [http('web'), http('more', { port: 8080 })])] };
  const selecting: Listener = http('web', { allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'a' } } } } });
  const from = { parents: [{ name: 'gw', namespace: 'default' }], namespace: 'other' };
  it.each<[string, HTTPRoute, World, string | undefined]>([
    ['of a Gateway', route('r', [to('one')]), {}, 'True Accepted'],
    ['of a Gateway that is not ours', route('r', [to('one')]), { gateways: [gateway('gw', [http('web')], { gatewayClassName: 'foreign' })] }, undefined],
    ['of no Gateway', route('r', [to('one')], { parents: [{ name: 'none' }] }), {}, undefined],
    ['of a Service', route('r', [to('one')], { parents: [{ group: '', kind: 'Service', name: 'gw' }] }), {}, undefined],
    ['of a listener', route('r', [to('one')], { parents: [{ name: 'gw', sectionName: 'web' }] }), {}, 'True Accepted'],
    ['of a listener that is not there', route('r', [to('one')], { parents: [{ name: 'gw', sectionName: 'none' }] }), {}, 'False NoMatchingParent'],
    ['of a port', route('r', [to('one')], { parents: [{ name: 'gw', port: 8080 }] }), ports, 'True Accepted'],
    ['of a port that is not there', route('r', [to('one')], { parents: [{ name: 'gw', port: 81 }] }), ports, 'False NoMatchingParent'],
    ['of a listener that has another port', route('r', [to('one')], { parents: [{ name: 'gw', sectionName: 'web', port: 8080 }] }), ports, 'False NoMatchingParent'],
    ['of another namespace, uninvited', route('r', [to('one')], from), {}, 'False NotAllowedByListeners'],
    ['of another namespace, where all may', route('r', [to('one')], from), { gateways: [gateway('gw', [http('web', { allowedRoutes: { namespaces: { from: 'All' } } })])] }, 'True Accepted'],
    ['of another namespace, which is selected', route('r', [to('one')], from), { gateways: [gateway('gw', [selecting])] }, 'True Accepted'],
    ['of another namespace, which is not selected', route('r', [to('one')], from), { gateways: [gateway('gw', [selecting])], namespaces: [namespace('other')] }, 'False NotAllowedByListeners'],
    ['of a kind that the listener does not take', route('r', [to('one')]), { gateways: [gateway('gw', [http('web', { allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } })])] }, 'False NotAllowedByListeners'],
    ['without a hostname in common', route('r', [to('one')], { hostnames: ['b.com'] }), { gateways: [gateway('gw', [http('web', { hostname: 'a.com' })])] }, 'False NoMatchingListenerHostname'],
    ['with a filter of somebody else', route('r', [{ ...to('one'), filters: [{ type: 'ExtensionRef' }] }]), {}, 'False UnsupportedValue'],
  ])('%s', (_, one, world, expected) => expect(conditionsOf(one, world)?.['Accepted']).toBe(expected));

  it('keeps what other controllers have said, and the time since when things are so', () => {
    const known = { controllerName: 'example.com/other', parentRef: { name: 'x' }, conditions: [] };
    const one = route('r', [to('one')]);
    const first = routeStatus({ ...one, status: { parents: [known] } }, compiled({ routes: [one] }).parents.get(one)!, now);
    const later = routeStatus({ ...one, status: first }, compiled({ routes: [one] }).parents.get(one)!, '2026-03-01T00:00:00Z');
    expect(later.parents).toEqual([known, first.parents[1]]);
  });
});

describe('a Gateway', () => {
  const statusOf = (one: Gateway, world: World = {}, others: readonly Gateway[] = []) => {
    const table = compiled({ gateways: [...others, one], ...world });
    return gatewayStatus(one, { table, address: '127.0.0.1', now });
  };
  const brief = (conditions: readonly { type: string; status: string; reason: string }[] = []) => Object.fromEntries(conditions.map(({ type, status, reason }) => [type, `${status} ${reason}`]));
  const secure = (more: object = {}, name = 'tls'): Listener => http(name, { port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ name: 'cert', ...more }] } });
  const fine = { Accepted: 'True Accepted', Programmed: 'True Programmed', ResolvedRefs: 'True ResolvedRefs', Conflicted: 'False NoConflicts' };

  it('that is fine', () => {
    const { addresses, conditions, listeners } = statusOf(gateway('gw', [http('web')]), { routes: [route('a', [to('one')]), route('b', [to('one')], { hostnames: ['b.com'] })] });
    expect({ addresses, conditions: brief(conditions) }).toEqual({ addresses: [{ type: 'IPAddress', value: '127.0.0.1' }], conditions: { Accepted: 'True Accepted', Programmed: 'True Programmed' } });
    expect(listeners).toMatchObject([{ name: 'web', attachedRoutes: 2, supportedKinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }] }]);
    expect(brief(listeners![0]!.conditions)).toEqual(fine);
  });

  it.each<[string, Listener[], World, object, readonly string[]]>([
    ['a protocol that is not served', [http('web', { protocol: 'TCP' })], {}, { Accepted: 'False UnsupportedProtocol', Programmed: 'False Invalid' }, []],
    ['kinds of which none is served', [http('web', { allowedRoutes: { kinds: [{ kind: 'Nothing' }] } })], {}, { ResolvedRefs: 'False InvalidRouteKinds' }, []],
    ['kinds of which one is served', [http('web', { allowedRoutes: { kinds: [{ kind: 'Nothing' }, { kind: 'HTTPRoute' }] } })], {}, { ResolvedRefs: 'False InvalidRouteKinds' }, ['HTTPRoute']],
    ['a certificate that is not there', [secure()], {}, { ResolvedRefs: 'False InvalidCertificateRef', Programmed: 'False Invalid' }, ['HTTPRoute']],
    ['a certificate that is none', [secure()], { secrets: () => ({ metadata: { name: 'cert', namespace: 'default' }, data: {} }) as Secret }, { ResolvedRefs: 'False InvalidCertificateRef' }, ['HTTPRoute']],
    ['a certificate of another kind', [secure({ kind: 'ConfigMap' })], {}, { ResolvedRefs: 'False InvalidCertificateRef' }, ['HTTPRoute']],
    ['a certificate of another namespace', [secure({ namespace: 'other' })], {}, { ResolvedRefs: 'False RefNotPermitted', Programmed: 'False Invalid' }, ['HTTPRoute']],
    ['a certificate that is granted, and missing', [secure({ namespace: 'other' })], { grants: [grant('other', { kind: 'Gateway', namespace: 'default' }, { kind: 'Secret', name: 'cert' })] }, { ResolvedRefs: 'False InvalidCertificateRef' }, ['HTTPRoute']],
    ['a port that cannot be had', [http('web', { port: 8443 })], { portProblem: () => 'another program listens there' }, { Accepted: 'False PortUnavailable', Programmed: 'False Invalid' }, ['HTTPRoute']],
  ])('with %s', (_, listeners, world, expected, kinds) => {
    const { listeners: [found], conditions } = statusOf(gateway('gw', listeners), world) as { listeners: NonNullable<ReturnType<typeof statusOf>['listeners']>; conditions: never[] };
    expect(brief(found!.conditions)).toMatchObject(expected);
    expect(found!.supportedKinds.map(({ kind }) => kind)).toEqual(kinds);
    const isServed = !('Programmed' in expected) && !/Certificate/.test(JSON.stringify(expected));
    expect(brief(conditions)).toMatchObject(isServed ? { Programmed: 'True Programmed' } : { Accepted: 'False ListenersNotValid', Programmed: 'False Invalid' });
  });

  it('with one listener that is not valid serves the others', () => {
    expect(brief(statusOf(gateway('gw', [http('web'), http('tcp', { port: 90, protocol: 'TCP' })])).conditions)).toEqual({ Accepted: 'True ListenersNotValid', Programmed: 'True Programmed' });
  });

  it('shares ports with others, and gives way to the older where both want the same', () => {
    const old = gateway('old', [http('web', { hostname: 'a.com' }), secure({}, 'tls')]);
    const young = gateway('young', [http('same', { hostname: 'a.com' }), http('else', { hostname: 'b.com' })], {}, '02');
    expect(statusOf(young, {}, [old]).listeners!.map(({ conditions }) => brief(conditions)['Conflicted'])).toEqual(['True HostnameConflict', 'False NoConflicts']);
    const other = gateway('young', [secure({}, 'http')].map((one) => ({ ...one, port: 80 })), {}, '02');
    expect(brief(statusOf(other, {}, [old]).listeners![0]!.conditions)['Conflicted']).toBe('True ProtocolConflict');
  });

  it.each<[string, Partial<Gateway['spec']>, object]>([
    ['the address that it gets', { addresses: [{ type: 'IPAddress', value: '127.0.0.1' }] }, { Accepted: 'True Accepted', Programmed: 'True Programmed' }],
    ['any address', { addresses: [{ type: 'IPAddress' }] }, { Programmed: 'True Programmed' }],
    ['another address', { addresses: [{ type: 'IPAddress', value: '192.0.2.1' }] }, { Accepted: 'True Accepted', Programmed: 'False AddressNotUsable' }],
    ['an address of another kind', { addresses: [{ type: 'Hostname', value: 'a.com' }] }, { Accepted: 'False UnsupportedAddress' }],
    ['parameters', { infrastructure: { parametersRef: {} } }, { Accepted: 'False InvalidParameters' }],
  ])('that asks for %s', (_, more, expected) => expect(brief(statusOf(gateway('gw', [http('web')], more)).conditions)).toMatchObject(expected));

  it('has a class that is accepted, unless it has parameters', () => {
    expect(brief(classStatus(gatewayClass(), now).conditions)).toEqual({ Accepted: 'True Accepted' });
    expect(brief(classStatus({ ...gatewayClass(), spec: { ...gatewayClass().spec, parametersRef: {} } }, now).conditions)).toEqual({ Accepted: 'False InvalidParameters' });
  });
});

const matchAll: RouteMatch = prefix('/');
describe('filters', () => {
  const compiledRule = (filters: NonNullable<Parameters<typeof route>[1][number]['filters']>, more: object = {}) => {
    const one = route('r', [{ matches: [matchAll], backendRefs: [{ name: 'one', port: 80 }], filters, ...more }]);
    return findGatewayRoute(compiled({ routes: [one] }), 80, { secure: false, method: 'GET', host: 'a.com', path: '/', query: '', headers: {}, address: '' })!;
  };

  it.each<[string, Parameters<typeof compiledRule>[0], object]>([
    ['headers of requests', [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-A', value: '1' }], add: [{ name: 'X-B', value: '2' }], remove: ['X-C'] } }],
      { policy: { edits: { request: { set: [['x-a', '1']], add: [['x-b', '2']], remove: ['x-c'] } } } }],
    ['headers of answers', [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['X-C'] } }], { policy: { edits: { response: { remove: ['x-c'] } } } }],
    ['a redirect', [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', hostname: 'b.com', port: 8443, statusCode: 301, path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } } }],
      { action: { do: 'redirect', redirect: { status: 301, scheme: 'https', host: 'b.com', port: 8443, rewrite: { type: 'prefix', path: '/new' } } } }],
    ['a redirect is a 302 unless told otherwise', [{ type: 'RequestRedirect', requestRedirect: { hostname: 'b.com' } }], { action: { redirect: { status: 302, host: 'b.com' } } }],
    ['another path', [{ type: 'URLRewrite', urlRewrite: { hostname: 'in.example.com', path: { type: 'ReplaceFullPath', replaceFullPath: '/one' } } }], { policy: { upstreamHost: 'in.example.com', rewrite: { type: 'full', path: '/one' } } }],
    ['a mirror', [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'two', port: 80 } } }], { policy: { mirrors: [{ share: 1, backend: { name: 'Service default/two:80' } }] } }],
    ['a mirror of a few', [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'two', port: 80 }, percent: 20 } }], { policy: { mirrors: [{ share: 0.2 }] } }],
    ['a mirror of a fraction', [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'two', port: 80 }, fraction: { numerator: 1, denominator: 4 } } }], { policy: { mirrors: [{ share: 0.25 }] } }],
    ['one that is not known', [{ type: 'ExtensionRef' }], { action: { do: 'refuse', status: 500 } }],
  ])('%s', (_, filters, expected) => expect(compiledRule(filters)).toMatchObject(expected));

  it('limits the time', () => {
    expect(compiledRule([], { timeouts: { request: '1m', backendRequest: '500ms' } }).policy).toEqual({ requestTimeoutMs: 60_000, readTimeoutMs: 500 });
    expect(compiledRule([], { timeouts: { request: '0s' } }).policy).toEqual({});
  });
});
