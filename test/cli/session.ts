import { Readable } from 'node:stream';
import type { Clock } from '../../src/api/clock';
import { createSession, type Environment, type Session } from '../../src/cli/session';
import { globalFlags, type GlobalFlags } from '../../src/cli/flags/global';
import { parseWithUsage, toInput } from '../../src/cli/argv/normalise';
import type { FlagTable, FlagValues, Input } from '../../src/cli/flags/spec';
import type { Connection } from '../../src/client/connection';
import type { Discovery, Snapshot } from '../../src/client/discovery';
import { findCategory, findKind, findResource } from '../../src/client/discovery';
import { restClient } from '../../src/client/http/rest';
import type { ApiRequest, ApiResponse, Transport } from '../../src/client/http/transport';
import { snapshot } from './snapshot';

/** An answer: a status with a body, or just the body of a 200. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> } | object | string;

export interface TestSession extends Session {
  /** What was written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** `GET /api/v1/…?query`, in order. */
  readonly requests: string[];
  readonly sent: ApiRequest[];
}

export interface TestOptions {
  /** Answers by `METHOD path?query` or `METHOD path`; what is missing is a 404. */
  routes?: Record<string, Answer | ((request: ApiRequest) => Answer)>;
  namespace?: string;
  stdin?: string;
  cwd?: string;
  home?: string;
  env?: Record<string, string>;
  nowMs?: number;
  snapshot?: Snapshot;
}

const connection: Connection = { server: 'https://127.0.0.1:6443', namespace: 'default', tls: {}, auth: {} };

/** A session without a process, a network or files: what a verb asks for is canned, what it writes is kept. */
export function testSession(options: TestOptions = {}): TestSession {
  const out: string[] = [];
  const err: string[] = [];
  const sent: ApiRequest[] = [];
  const client = restClient(cannedTransport(options.routes ?? {}, sent), { onWarning: (text) => err.push(`Warning: ${text}\n`) });
  return {
    ...environment(options, out, err),
    kubeconfig: () => Promise.reject(new Error('this test has no kubeconfig')),
    connection: async () => connection,
    client: async () => client,
    discovery: async () => staticDiscovery(options.snapshot ?? snapshot),
    namespace: async () => ({ name: options.namespace ?? 'default', explicit: options.namespace !== undefined }),
    explicitKubeconfig: '',
    warningsReceived: 0,
    close: async () => undefined,
    stdout: () => out.join(''),
    stderr: () => err.join(''),
    get requests() {
      return sent.map(describeRequest);
    },
    sent,
  };
}

/** The real session on real files, for what reads kubeconfigs. */
export function fileSession(options: TestOptions & { flags?: string[] }): Session & { stdout: () => string; stderr: () => string } {
  const out: string[] = [];
  const err: string[] = [];
  const { flags, changed } = inputOf(options.flags ?? [], {});
  const session = createSession(environment(options, out, err), flags as unknown as FlagValues<GlobalFlags>, changed);
  return Object.assign(session, { stdout: () => out.join(''), stderr: () => err.join('') });
}

/** The command line of a verb as its input. */
export function inputOf<T extends FlagTable>(argv: string[], table: T): Input<T & GlobalFlags> {
  const all = { ...globalFlags, ...table };
  return toInput(parseWithUsage(argv, all, 'kubectl test'), all) as unknown as Input<T & GlobalFlags>;
}

export function fixedClock(nowMs: number): Clock {
  return {
    now: () => nowMs,
    schedule: (_delayMs, fire) => {
      const timer = setImmediate(fire);
      return () => clearImmediate(timer);
    },
  };
}

function environment(options: TestOptions, out: string[], err: string[]): Environment {
  return {
    streams: {
      in: Readable.from([Buffer.from(options.stdin ?? '')]),
      out: { write: (chunk) => out.push(String(chunk)) },
      err: { write: (chunk) => err.push(String(chunk)) },
    },
    env: options.env ?? {}, home: options.home ?? '/nonexistent', cwd: options.cwd ?? '/', random: () => 0.5,
    clock: fixedClock(options.nowMs ?? Date.parse('2026-01-01T00:00:00Z')), signal: new AbortController().signal,
  };
}

function cannedTransport(routes: NonNullable<TestOptions['routes']>, sent: ApiRequest[]): Transport {
  return {
    close: async () => undefined,
    async send(request) {
      sent.push(request);
      const full = describeRequest(request);
      const route = routes[full] ?? routes[full.replace(/\?.*$/, '')];
      return response(typeof route === 'function' ? route(request) : (route ?? missing(request)));
    },
  };
}

function missing({ path }: ApiRequest): Answer {
  const name = path.split('/').at(-1)!;
  const plural = path.split('/').at(-2)!;
  return { status: 404, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404, message: `${plural} "${name}" not found`, details: { name, kind: plural } } };
}

function response(answer: Answer): ApiResponse {
  const { status, body, headers } = typeof answer === 'object' && 'status' in answer && 'body' in answer
    ? (answer as { status: number; body: unknown; headers?: Record<string, string> })
    : { status: 200, body: answer, headers: {} };
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers: headers ?? {}, body: Readable.from(bytes.length ? [bytes] : []) };
}

function describeRequest({ method = 'GET', path, query = {} }: ApiRequest): string {
  const search = Object.entries(query).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${String(value)}`).join('&');
  return `${method} ${path}${search ? `?${search}` : ''}`;
}

function staticDiscovery(of: Snapshot): Discovery {
  return {
    snapshot: async () => of,
    refresh: async () => of,
    resource: async (argument) => findResource(of, argument),
    kind: async (group, kind, version) => findKind(of, group, kind, version),
    category: async (name) => findCategory(of, name),
  };
}
