import type { Service } from '../../../../src/api/generated/core.v1';
import type { Ingress, IngressClass } from '../../../../src/api/generated/networking.v1';
import { isOurs } from '../../../../src/cluster/network/ingress/classes';
import { compileIngresses } from '../../../../src/cluster/network/ingress/compile';
import { readSettings } from '../../../../src/cluster/network/ingress/annotations';
import { findRoute } from '../../../../src/cluster/network/ingress/find';
import { Certificates } from '../../../../src/cluster/network/ingress/secrets';
import type { ServiceView } from '../../../../src/cluster/network/ingress/services';
import { endpoint, service, slice, unready } from '../objects';
import { annotated, ingress, rule, to } from './objects';

const services: Service[] = [
  ...['web', 'api', 'rest', 'canary'].map((name) => service(name, { clusterIP: '10.96.1.1', ports: [{ name: 'http', port: 80 }, { name: 'admin', port: 8080 }] })),
  service('down', { clusterIP: '10.96.1.2', ports: [{ port: 80 }] }),
  service('outside', { type: 'ExternalName', externalName: 'example.org' }),
];
const view: ServiceView = {
  service: (namespace, name) => services.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace),
  slices: (_namespace, name) => name === 'down' ? [slice('down', [{ name: '', port: 80 }], [endpoint('10.244.0.9', 'n1', unready)])]
    : [slice(name, [{ name: 'http', port: 8080 }, { name: 'admin', port: 9090 }], [endpoint(`10.244.0.${services.findIndex(({ metadata }) => metadata.name === name) + 2}`)])],
};
const compiled = (...ingresses: Ingress[]) => compileIngresses({ ingresses, view, secrets: () => undefined, certificates: new Certificates() });

/** Where `host/path` leads: `web:8080`, `404`, `308`. */
function leads(ingresses: Ingress[], url: string): string {
  const at = url.indexOf('/');
  const found = findRoute(compiled(...ingresses), view, { secure: false, method: 'GET', host: url.slice(0, at), path: url.slice(at), query: '', headers: {}, address: '127.0.0.1' });
  if (!('match' in found)) return String(found.status);
  if (found.action.do !== 'forward') return found.action.do;
  return found.action.backends.map(({ name, targets, problem }) => (problem ? 'nowhere' : `${/\/([a-z]+)/.exec(name)?.[1] ?? found.owner.split('/')[1]}:${targets.map(({ port }) => port).join()}`)).join(' ');
}

describe('the routes of Ingresses', () => {
  const two = [ingress('one', { rules: [rule('a.com', ['/', 'web'], ['/api', 'api'], ['/api', 'rest', 'Exact']), rule('*.b.com', ['/', 'web'])] })];
  const old = ingress('old', { rules: [rule('a.com', ['/', 'web'])] }, {}, '2026-01-01T00:00:00Z');
  const young = ingress('young', { rules: [rule('a.com', ['/', 'api'], ['/new', 'rest'])] }, {}, '2026-01-02T00:00:00Z');
  it.each<[string, Ingress[], string, string]>([
    ['a prefix', two, 'a.com/x', 'web:8080'],
    ['the longer prefix', two, 'a.com/api/x', 'api:8080'],
    ['the exact path', two, 'a.com/api', 'rest:8080'],
    ['a wildcard', two, 'x.b.com/', 'web:8080'],
    ['a wildcard, of one label only', two, 'x.y.b.com/', '404'],
    ['no such host', two, 'c.com/', '404'],
    ['any host', [ingress('one', { rules: [rule('', ['/', 'web'])] })], 'c.com/', 'web:8080'],
    ['of two equal paths the older', [young, old], 'a.com/', 'web:8080'],
    ['the paths of several', [young, old], 'a.com/new', 'rest:8080'],
    ['a named port', [ingress('one', { defaultBackend: to('web', 'admin') })], 'c.com/', 'web:9090'],
    ['the default of the host', [ingress('one', { rules: [rule('a.com', ['/api', 'api'])], defaultBackend: to('web') }), ingress('two', { defaultBackend: to('rest') })], 'a.com/x', 'web:8080'],
    ['the default for other hosts: of an Ingress without rules', [ingress('one', { rules: [rule('a.com', ['/api', 'api'])], defaultBackend: to('web') }), ingress('two', { defaultBackend: to('rest') })], 'c.com/x', 'rest:8080'],
    ['no endpoint', [ingress('one', { rules: [rule('a.com', ['/', 'down'])] })], 'a.com/', 'nowhere'],
    ['no Service', [ingress('one', { rules: [rule('a.com', ['/', 'none'])] })], 'a.com/', 'nowhere'],
    ['a name outside', [ingress('one', { rules: [rule('a.com', ['/', 'outside'])] })], 'a.com/', 'outside:80'],
    ['patterns', [ingress('one', { rules: [rule('a.com', ['/v[0-9]+/', 'api', 'ImplementationSpecific'], ['/', 'web'])] }, { 'use-regex': 'true' })], 'a.com/v12/x', 'api:8080'],
    ['patterns for the other paths of the host', [ingress('one', { rules: [rule('a.com', ['/x(/|$)(.*)', 'api', 'ImplementationSpecific'])] }, { 'rewrite-target': '/$2' }), ingress('two', { rules: [rule('a.com', ['/f.o', 'web'])] })], 'a.com/foo', 'web:8080'],
    ['a redirect', [ingress('one', { rules: [rule('a.com', ['/', 'web'])] }, { 'permanent-redirect': 'https://b.com' })], 'a.com/', 'redirect'],
    ['a canary', [ingress('main', { rules: [rule('a.com', ['/', 'web'])] }), ingress('canary', { rules: [rule('a.com', ['/', 'canary'])] }, { canary: 'true', 'canary-weight': '10' })], 'a.com/', 'web:8080 canary:8080'],
    ['the name of a Service', [], 'web.default.localhost/', 'web:8080'],
    ['the name of no Service', [], 'none.default.localhost/', '404'],
    ['a rule for the name of a Service', [ingress('one', { rules: [rule('web.default.localhost', ['/', 'api'])] })], 'web.default.localhost/', 'api:8080'],
  ])('%s', (_, ingresses, url, expected) => {
    expect(leads(ingresses, url)).toBe(expected);
  });

  it('goes to HTTPS where there is TLS, unless told otherwise', () => {
    const https = (annotations: Record<string, string>, tls = [{ hosts: ['a.com'] }]) => {
      const table = compiled(ingress('one', { tls, rules: [rule('a.com', ['/', 'web']), rule('b.com', ['/', 'web'])] }, annotations));
      return ['a.com', 'b.com'].map((host) => table.hosts.find(host)!.routes()[0]!.policy.httpsOnly ?? false);
    };
    expect([https({}), https({ 'ssl-redirect': 'false' }), https({ 'force-ssl-redirect': 'true' }, []), https({}, [])]).toEqual([[true, false], [false, false], [true, true], [false, false]]);
  });

  it.each<[string, Ingress, string]>([
    ['a Service that is missing', ingress('one', { defaultBackend: to('none') }), 'Service default/none does not exist'],
    ['a port that is missing', ingress('one', { defaultBackend: to('web', 81) }), 'Service default/web has no port 81; it has 80 (http), 8080 (admin)'],
    ['endpoints that are missing', ingress('one', { defaultBackend: to('down') }), 'Service default/down has no ready endpoints'],
    ['a certificate that is missing', ingress('one', { defaultBackend: to('web'), tls: [{ secretName: 'cert' }] }), 'Secret default/cert does not exist'],
    ['a resource', ingress('one', { defaultBackend: { resource: { kind: 'Bucket', name: 'b' } } }), 'a Bucket cannot be a backend here'],
    ['a canary of nothing', ingress('one', { rules: [rule('a.com', ['/x', 'web'])] }, { canary: 'true' }), 'is a canary, but no other Ingress serves a.com/x'],
    ['a pattern that is none', ingress('one', { rules: [rule('a.com', ['/(', 'web', 'ImplementationSpecific'])] }, { 'use-regex': 'true' }), 'path "/(" is not a regular expression'],
    ['an annotation that is not known', ingress('one', { defaultBackend: to('web') }, { 'configuration-snippet': 'x' }), 'annotation nginx.ingress.kubernetes.io/configuration-snippet is not carried out'],
    ['passwords that are missing', ingress('one', { defaultBackend: to('web') }, { 'auth-type': 'basic', 'auth-secret': 'users' }), 'Secret default/users does not exist; nobody is admitted'],
  ])('tells of %s', (_, one, expected) => {
    expect([...compiled(one).problems.values()].flat().map(({ message }) => message)).toEqual([expected]);
  });
});

describe('annotations', () => {
  const policy = (annotations: Record<string, string>) => readSettings(annotated(annotations), 'default', () => undefined).policy;
  it.each<[Record<string, string>, object]>([
    [{}, {}],
    [{ 'proxy-body-size': '8m', 'proxy-read-timeout': '30', 'proxy-connect-timeout': '2s' }, { bodyBytesMax: 8 << 20, readTimeoutMs: 30_000, connectTimeoutMs: 2000 }],
    [{ 'proxy-body-size': '0' }, {}],
    [{ 'whitelist-source-range': '10.0.0.0/8, 127.0.0.1/32' }, { allowedSources: ['10.0.0.0/8', '127.0.0.1/32'] }],
    [{ affinity: 'cookie', 'session-cookie-name': 'r', 'session-cookie-max-age': '60' }, { affinity: { cookie: 'r', attributes: '; Path=/; Max-Age=60; HttpOnly' } }],
    [{ 'app-root': '/app', 'upstream-vhost': 'inner' }, { appRoot: '/app', upstreamHost: 'inner' }],
    [{ 'x-forwarded-prefix': '/p' }, { edits: { request: { set: [['x-forwarded-prefix', '/p']] } } }],
  ])('%j', (annotations, expected) => {
    expect(policy(annotations)).toEqual(expected);
  });

  it.each([['proxy-body-size', 'much'], ['proxy-read-timeout', 'soon'], ['backend-protocol', 'FCGI'], ['auth-type', 'digest'], ['canary-by-header-pattern', '(']])('refuses %s: %s by name', (name, value) => {
    expect(readSettings(annotated({ [name]: value, canary: 'true' }), 'default', () => undefined).problems).toEqual([expect.stringContaining(name)]);
  });
});

describe('classes', () => {
  const classes: Record<string, IngressClass> = Object.fromEntries([
    ['own', 'knarr.dev/ingress-controller', {}], ['copied', 'k8s.io/ingress-nginx', {}], ['installed', 'k8s.io/ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }], ['other', 'example.com/other', {}],
  ].map(([name, controller, labels]) => [name as string, { metadata: { name: name as string, labels: labels as Record<string, string> }, spec: { controller: controller as string } } as IngressClass]));
  it.each<[string | undefined, string | undefined, boolean]>([
    ['own', undefined, true], ['copied', undefined, true], ['installed', undefined, false], ['other', undefined, false], ['nginx', undefined, true], ['knarr', undefined, true],
    ['absent', undefined, false], [undefined, 'nginx', true], [undefined, 'other', false], [undefined, undefined, false],
  ])('class %s, annotation %s: %s', (name, annotation, expected) => {
    const one = ingress('one', {});
    one.spec = { ...(name !== undefined && { ingressClassName: name }) };
    if (annotation) one.metadata.annotations = { 'kubernetes.io/ingress.class': annotation };
    expect(isOurs(one, (asked) => classes[asked])).toBe(expected);
  });
});
