import type { Affinity, Cors, Policy } from '../http/route';
import { htpasswdOf, type SecretView } from './secrets';

const prefix = 'nginx.ingress.kubernetes.io/';

/** What the annotations of an Ingress say, beside what is in its rules. */
export interface Settings {
  readonly policy: Policy;
  readonly useRegex: boolean;
  readonly rewriteTarget?: string;
  readonly protocol: 'http' | 'https';
  readonly redirect?: { readonly status: number; readonly url: string };
  readonly canary?: { readonly weight: number; readonly total: number; readonly header?: string; readonly headerValue?: string; readonly headerPattern?: RegExp; readonly cookie?: string };
  /** Absent: where there is TLS. */
  readonly sslRedirect?: boolean;
  /** What is wrong or is not carried out. */
  readonly problems: readonly string[];
}

/** Read here, by the names behind the prefix. */
const known = new Set([
  'ssl-redirect', 'force-ssl-redirect', 'proxy-body-size', 'proxy-read-timeout', 'proxy-connect-timeout', 'use-regex', 'rewrite-target', 'backend-protocol',
  'whitelist-source-range', 'allowlist-source-range', 'auth-type', 'auth-secret', 'auth-secret-type', 'auth-realm', 'enable-cors', 'cors-allow-origin', 'cors-allow-methods',
  'cors-allow-headers', 'cors-allow-credentials', 'cors-expose-headers', 'cors-max-age', 'affinity', 'affinity-mode', 'session-cookie-name', 'session-cookie-path',
  'session-cookie-max-age', 'session-cookie-expires', 'session-cookie-samesite', 'session-cookie-secure', 'session-cookie-domain', 'canary', 'canary-weight', 'canary-weight-total',
  'canary-by-header', 'canary-by-header-value', 'canary-by-header-pattern', 'canary-by-cookie', 'permanent-redirect', 'permanent-redirect-code', 'temporal-redirect',
  'temporal-redirect-code', 'app-root', 'upstream-vhost', 'x-forwarded-prefix', 'preserve-trailing-slash',
]);

/** They tune what streams here anyway, or a process that is not there: nothing is lost without them. */
const harmless = new Set([
  'proxy-send-timeout', 'proxy-buffering', 'proxy-request-buffering', 'proxy-buffer-size', 'proxy-buffers-number', 'proxy-http-version', 'client-body-buffer-size',
  'connection-proxy-header', 'enable-access-log', 'enable-rewrite-log', 'proxy-next-upstream', 'proxy-next-upstream-tries', 'proxy-next-upstream-timeout', 'service-upstream', 'proxy-busy-buffers-size',
]);

/** The annotations of ingress-nginx (docs/user-guide/nginx-configuration/annotations.md there) that this controller knows. */
export function readSettings(annotations: Readonly<Record<string, string>> | undefined, namespace: string, secrets: SecretView): Settings {
  const problems: string[] = [];
  const all = new Map(Object.entries(annotations ?? {}).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value.trim()]));
  const read = new Reader(all, problems);
  for (const name of all.keys()) if (!known.has(name) && !harmless.has(name)) problems.push(`annotation ${prefix}${name} is not carried out`);
  const rewriteTarget = read.text('rewrite-target');
  const canary = read.flag('canary');
  const redirect = redirectOf(read);
  const sslRedirect = read.flag('force-ssl-redirect') ? true : read.text('ssl-redirect') === 'false' ? false : undefined;
  return {
    policy: { ...limitsOf(read), ...accessOf(read, namespace, secrets, problems), ...edgesOf(read) },
    useRegex: read.flag('use-regex') || rewriteTarget !== undefined,
    ...(rewriteTarget !== undefined && { rewriteTarget }),
    protocol: protocolOf(read, problems),
    ...(redirect && { redirect }),
    ...(canary && { canary: canaryOf(read, problems) }),
    ...(sslRedirect !== undefined && { sslRedirect: sslRedirect }),
    problems,
  };
}

class Reader {
  constructor(private readonly all: ReadonlyMap<string, string>, private readonly problems: string[]) {}

  text = (name: string): string | undefined => this.all.get(name) || undefined;

  flag = (name: string): boolean => this.all.get(name) === 'true';

  number(name: string): number | undefined {
    const text = this.text(name);
    const value = Number(text?.replace(/s$/, ''));
    if (text === undefined) return undefined;
    if (Number.isFinite(value) && value >= 0) return value;
    this.problem(name, text, 'a number');
    return undefined;
  }

  bytes(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const [, digits, unit = ''] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
    if (digits === undefined) return void this.problem(name, text, 'a size: 8m');
    // Zero switches the check off.
    return Number(digits) * ({ '': 1, k: 1 << 10, m: 1 << 20, g: 1 << 30 } as Record<string, number>)[unit.toLowerCase()]! || undefined;
  }

  list = (name: string): string[] | undefined => this.text(name)?.split(',').map((part) => part.trim()).filter(Boolean);

  problem(name: string, value: string, wanted: string): void {
    this.problems.push(`annotation ${prefix}${name}: "${value}" is not ${wanted}`);
  }
}

function limitsOf(read: Reader): Policy {
  const bodyBytesMax = read.bytes('proxy-body-size');
  const [readSeconds, connectSeconds] = [read.number('proxy-read-timeout'), read.number('proxy-connect-timeout')];
  return {
    ...(bodyBytesMax !== undefined && { bodyBytesMax }),
    ...(readSeconds !== undefined && { readTimeoutMs: readSeconds * 1000 }),
    ...(connectSeconds !== undefined && { connectTimeoutMs: connectSeconds * 1000 }),
  };
}

function accessOf(read: Reader, namespace: string, secrets: SecretView, problems: string[]): Policy {
  const allowedSources = read.list('whitelist-source-range') ?? read.list('allowlist-source-range');
  const type = read.text('auth-type');
  if (type !== undefined && type !== 'basic') problems.push(`annotation ${prefix}auth-type: "${type}" is not carried out; nobody is admitted`);
  const users = type === 'basic' ? htpasswdOf(secrets, namespace, read.text('auth-secret') ?? '', read.text('auth-secret-type') === 'auth-map', problems) : undefined;
  return {
    ...(allowedSources && { allowedSources }),
    ...(type !== undefined && { basicAuth: { realm: read.text('auth-realm') ?? '', ...(users && { users }) } }),
    ...(read.flag('enable-cors') && { cors: corsOf(read) }),
  };
}

function edgesOf(read: Reader): Policy {
  const [appRoot, upstreamHost, forwardedPrefix] = [read.text('app-root'), read.text('upstream-vhost'), read.text('x-forwarded-prefix')];
  return {
    ...(appRoot && { appRoot }), ...(upstreamHost && { upstreamHost }),
    ...(forwardedPrefix && { edits: { request: { set: [['x-forwarded-prefix', forwardedPrefix]] } } }),
    ...(read.text('affinity') === 'cookie' && { affinity: affinityOf(read) }),
  };
}

/** Defaults: the same page. */
function corsOf(read: Reader): Cors {
  const expose = read.text('cors-expose-headers');
  return {
    origins: read.list('cors-allow-origin') ?? ['*'],
    methods: read.text('cors-allow-methods') ?? 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
    headers: read.text('cors-allow-headers') ?? 'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
    ...(expose && { expose }),
    credentials: read.text('cors-allow-credentials') !== 'false',
    maxAgeSeconds: read.number('cors-max-age') ?? 1_728_000,
  };
}

function affinityOf(read: Reader): Affinity {
  const parts: [string, string | undefined][] = [
    ['Path', read.text('session-cookie-path') ?? '/'], ['Domain', read.text('session-cookie-domain')], ['Max-Age', read.text('session-cookie-max-age') ?? read.text('session-cookie-expires')],
    ['SameSite', read.text('session-cookie-samesite')],
  ];
  const attributes = parts.flatMap(([name, value]) => (value ? [`; ${name}=${value}`] : [])).join('');
  return { cookie: read.text('session-cookie-name') ?? 'INGRESSCOOKIE', attributes: `${attributes}${read.flag('session-cookie-secure') ? '; Secure' : ''}; HttpOnly` };
}

function redirectOf(read: Reader): Settings['redirect'] {
  const permanent = read.text('permanent-redirect');
  if (permanent) return { url: permanent, status: read.number('permanent-redirect-code') ?? 301 };
  const temporal = read.text('temporal-redirect');
  return temporal ? { url: temporal, status: read.number('temporal-redirect-code') ?? 302 } : undefined;
}

function protocolOf(read: Reader, problems: string[]): 'http' | 'https' {
  const text = (read.text('backend-protocol') ?? 'HTTP').toUpperCase();
  if (text !== 'HTTP' && text !== 'HTTPS') problems.push(`annotation ${prefix}backend-protocol: ${text} is not carried out; HTTP is spoken`);
  return text === 'HTTPS' ? 'https' : 'http';
}

function canaryOf(read: Reader, problems: string[]): NonNullable<Settings['canary']> {
  const [header, headerValue, pattern, cookie] = [read.text('canary-by-header'), read.text('canary-by-header-value'), read.text('canary-by-header-pattern'), read.text('canary-by-cookie')];
  const headerPattern = pattern === undefined ? undefined : readPattern(pattern);
  if (pattern !== undefined && !headerPattern) problems.push(`annotation ${prefix}canary-by-header-pattern: "${pattern}" is not a regular expression`);
  return {
    weight: read.number('canary-weight') ?? 0, total: read.number('canary-weight-total') ?? 100,
    ...(header && { header: header.toLowerCase() }), ...(headerValue !== undefined && { headerValue }), ...(headerPattern && { headerPattern }), ...(cookie && { cookie }),
  };
}

/** Undefined for what is none. */
export function readPattern(source: string, flags = ''): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
