import type { Filter, HeaderModifier, PathModifier } from '../../../kinds/gateway.networking.k8s.io/types';
import type { Edits, HeaderEdits, Redirect, Rewrite } from '../http/route';

/** What the filters of a rule or of a backend come to; mirrors need backends and are made elsewhere. */
export interface Filtered {
  readonly edits?: Edits;
  readonly redirect?: Redirect;
  readonly rewrite?: Rewrite;
  readonly upstreamHost?: string;
  /** Types that are not carried out. */
  readonly unknown: readonly string[];
}

type Part = Partial<Omit<Filtered, 'unknown'>>;

const lower = (pairs: HeaderModifier['set']) => pairs?.map(({ name, value }) => [name.toLowerCase(), value] as const);

function headerEdits({ set, add, remove }: HeaderModifier = {}): HeaderEdits {
  return { ...(set && { set: lower(set)! }), ...(add && { add: lower(add)! }), ...(remove && { remove: remove.map((name) => name.toLowerCase()) }) };
}

const rewriteOf = ({ type, replaceFullPath = '/', replacePrefixMatch = '/' }: PathModifier): Rewrite =>
  (type === 'ReplaceFullPath' ? { type: 'full', path: replaceFullPath } : { type: 'prefix', path: replacePrefixMatch });

const readers: Readonly<Record<string, (filter: Filter) => Part>> = {
  RequestHeaderModifier: ({ requestHeaderModifier }) => ({ edits: { request: headerEdits(requestHeaderModifier) } }),
  ResponseHeaderModifier: ({ responseHeaderModifier }) => ({ edits: { response: headerEdits(responseHeaderModifier) } }),
  RequestMirror: () => ({}),
  RequestRedirect: ({ requestRedirect: { scheme, hostname, path, port, statusCode = 302 } = {} }) => ({
    redirect: { status: statusCode, ...(scheme && { scheme }), ...(hostname && { host: hostname }), ...(port && { port }), ...(path && { rewrite: rewriteOf(path) }) },
  }),
  URLRewrite: ({ urlRewrite: { hostname, path } = {} }) => ({ ...(hostname && { upstreamHost: hostname }), ...(path && { rewrite: rewriteOf(path) }) }),
};

export function readFilters(filters: readonly Filter[] = []): Filtered {
  const parts = filters.map((filter) => readers[filter.type]?.(filter) ?? {});
  const edits: Edits = Object.assign({}, ...parts.map((part) => part.edits));
  return {
    ...Object.assign({}, ...parts) as Part, ...(Object.keys(edits).length && { edits }),
    unknown: filters.filter(({ type }) => !(type in readers)).map(({ type }) => type),
  };
}
