import { HostTable } from '../../../../src/cluster/network/http/hosts';
import { PathTable, plainPath } from '../../../../src/cluster/network/http/paths';
import { redirectTo, rewritten } from '../../../../src/cluster/network/http/rewrite';
import type { Match, PathMatch, Redirect, RequestHead, Rewrite, Route } from '../../../../src/cluster/network/http/route';

const exact = (path: string): PathMatch => ({ type: 'exact', path });
const prefix = (path: string): PathMatch => ({ type: 'prefix', path });
const regex = (source: string): PathMatch => ({ type: 'regex', regex: new RegExp(`^${source}`, 'i'), length: source.length });
const head = (path: string, more: Partial<RequestHead> = {}): RequestHead => ({ secure: false, method: 'GET', host: 'a.example.com', path, query: '', headers: {}, address: '127.0.0.1', ...more });

describe('hosts', () => {
  const table = (deep: boolean) => {
    const hosts = new HostTable<string>(deep);
    for (const pattern of ['*', 'a.example.com', '*.example.com', '*.b.example.com', 'Upper.com']) hosts.set(pattern, pattern);
    return hosts;
  };
  it.each<[string, string, string]>([
    ['a.example.com', 'a.example.com', 'a.example.com'],
    ['c.example.com', '*.example.com', '*.example.com'],
    ['x.b.example.com', '*.b.example.com', '*.b.example.com'],
    ['x.y.example.com', '*', '*.example.com'],
    ['example.com', '*', '*'],
    ['upper.com', 'Upper.com', 'Upper.com'],
    ['other.org', '*', '*'],
  ])('%s: one label → %s, any number → %s', (host, shallow, deep) => {
    expect([table(false).find(host), table(true).find(host)]).toEqual([shallow, deep]);
  });
});

describe('paths', () => {
  const found = (matches: readonly Match[], request: RequestHead) => {
    const table = new PathTable();
    matches.forEach((match, at) => table.add({ owner: String(at), match, policy: {}, action: { do: 'refuse', status: 404, message: '' } } satisfies Route));
    const owner = table.find(request)?.owner;
    return owner === undefined ? undefined : Number(owner);
  };

  // The table of https://kubernetes.io/docs/concepts/services-networking/ingress/#examples, row by row.
  it.each<[PathMatch, string, boolean]>([
    [prefix('/'), '/any/path', true], [exact('/foo'), '/foo', true], [exact('/foo'), '/bar', false], [exact('/foo'), '/foo/', false], [exact('/foo/'), '/foo', false],
    [prefix('/foo'), '/foo', true], [prefix('/foo'), '/foo/', true], [prefix('/foo/'), '/foo', true], [prefix('/foo/'), '/foo/', true], [prefix('/aaa/bb'), '/aaa/bbb', false],
    [prefix('/aaa/bbb'), '/aaa/bbb', true], [prefix('/aaa/bbb/'), '/aaa/bbb', true], [prefix('/aaa/bbb'), '/aaa/bbb/', true], [prefix('/aaa/bbb'), '/aaa/bbb/ccc', true], [prefix('/aaa/bbb'), '/aaa/bbbxyz', false],
    [regex('/foo'), '/FOObar', true], [regex('/foo$'), '/foobar', false],
  ])('%j, %s: %s', (path, asked, expected) => {
    expect(found([{ path }], head(asked)) === 0).toBe(expected);
  });

  it.each<[string, Match[], RequestHead, number | undefined]>([
    ['the longer prefix', [{ path: prefix('/') }, { path: prefix('/aaa') }, { path: prefix('/aaa/bbb') }], head('/aaa/bbb/c'), 2],
    ['exact before prefix', [{ path: prefix('/foo') }, { path: exact('/foo') }], head('/foo'), 1],
    ['the longer pattern', [{ path: regex('/.*') }, { path: regex('/foo/.*') }], head('/foo/x'), 1],
    ['a pattern before a prefix', [{ path: prefix('/foo') }, { path: regex('/f') }], head('/foo'), 1],
    ['the first of equals', [{ path: prefix('/') }, { path: prefix('/') }], head('/'), 0],
    ['a method before none', [{ path: prefix('/') }, { path: prefix('/'), method: 'POST' }], head('/', { method: 'POST' }), 1],
    ['a longer path before a method', [{ path: prefix('/'), method: 'GET' }, { path: prefix('/a') }], head('/a'), 1],
    ['more headers', [{ path: prefix('/'), headers: [{ name: 'a', value: '1' }] }, { path: prefix('/'), headers: [{ name: 'a', value: '1' }, { name: 'b', value: /^\d$/ }] }], head('/', { headers: { a: '1', b: '2' } }), 1],
    ['a header that differs', [{ path: prefix('/'), headers: [{ name: 'a', value: '1' }] }], head('/', { headers: { a: '2' } }), undefined],
    ['headers before query', [{ path: prefix('/'), query: [{ name: 'q', value: '1' }, { name: 'r', value: '1' }] }, { path: prefix('/'), headers: [{ name: 'a', value: '1' }] }], head('/', { headers: { a: '1' }, query: '?q=1&r=1' }), 1],
    ['the first of repeated parameters', [{ path: prefix('/'), query: [{ name: 'q', value: '2' }] }], head('/', { query: '?q=1&q=2' }), undefined],
    ['a shorter prefix when the longer asks more', [{ path: prefix('/') }, { path: prefix('/a'), method: 'POST' }], head('/a'), 0],
    ['nothing', [{ path: prefix('/a') }], head('/b'), undefined],
    ['what a path comes to, not how it is written', [{ path: prefix('/') }, { path: prefix('/admin') }], head('/x/../admin'), 1],
  ])('finds %s', (_, matches, request, expected) => {
    expect(found(matches, request)).toBe(expected);
  });

  it('resolves dots only', () => {
    expect(['/a%20b/c', '/a/./b', '/a/%2e%2E/b', '/.well-known/x'].map(plainPath)).toEqual(['/a%20b/c', '/a/b', '/b', '/.well-known/x']);
  });
});

describe('rewritten', () => {
  it.each<[Rewrite | undefined, PathMatch, string, string]>([
    [undefined, prefix('/a'), '/a/b', '/a/b?q'],
    [{ type: 'full', path: '/new' }, prefix('/a'), '/a/b', '/new?q'],
    [{ type: 'prefix', path: '/new' }, prefix('/a'), '/a/b', '/new/b?q'],
    [{ type: 'prefix', path: '/new' }, prefix('/a'), '/a', '/new?q'],
    [{ type: 'prefix', path: '/new' }, prefix('/a/'), '/a/', '/new/?q'],
    [{ type: 'prefix', path: '/' }, prefix('/a'), '/a/b', '/b?q'],
    [{ type: 'prefix', path: '/' }, prefix('/a'), '/a', '/?q'],
    [{ type: 'prefix', path: '/x' }, prefix('/'), '/a/b', '/x/a/b?q'],
    [{ type: 'template', path: '/$2' }, regex('/app(/|$)(.*)'), '/app/x/y', '/x/y?q'],
    [{ type: 'template', path: '/$2' }, regex('/app(/|$)(.*)'), '/app', '/?q'],
    [{ type: 'template', path: '/v2/$1' }, regex('/(.*)'), '/a', '/v2/a?q'],
    [{ type: 'template', path: '/all' }, prefix('/'), '/a', '/all?q'],
  ])('%j of %j: %s → %s', (rewrite, path, asked, expected) => {
    expect(rewritten(rewrite, { path }, { path: asked, query: '?q' })).toBe(expected);
  });
});

describe('redirects', () => {
  const ports = { own: 8080, http: 8080, https: 443 };
  it.each<[Partial<Redirect>, Partial<RequestHead>, string]>([
    [{ scheme: 'https' }, {}, 'https://a.example.com/x?q'],
    [{ host: 'b.example.com' }, {}, 'http://b.example.com:8080/x?q'],
    [{ port: 80 }, {}, 'http://a.example.com/x?q'],
    [{ port: 8443, scheme: 'https' }, {}, 'https://a.example.com:8443/x?q'],
    [{ rewrite: { type: 'full', path: '/y' } }, {}, 'http://a.example.com:8080/y?q'],
    [{ scheme: 'http' }, { secure: true }, 'http://a.example.com:8080/x?q'],
    [{ url: 'https://elsewhere.org/' }, {}, 'https://elsewhere.org/'],
  ])('%j %j: %s', (redirect, more, expected) => {
    expect(redirectTo({ status: 302, ...redirect }, { path: prefix('/x') }, head('/x', { query: '?q', ...more }), ports)).toBe(expected);
  });
});
