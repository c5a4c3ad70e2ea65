import { Counter, exponentialBounds, Gauge, Histogram, type Metrics } from '../../../api/metrics';
import type { KindTable } from '../registry';
import type { Exchange } from './exchange';
import { isLongRunning } from './long-running';
import type { RequestInfo } from './request-info';

const target = ['group', 'version', 'resource', 'subresource', 'scope', 'component'];
const durationBounds = [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];
const connects = new Set(['log', 'exec', 'portforward', 'attach', 'proxy']);
const methods = new Set(['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT']);

/**
 * What the server counts of its requests, under upstream's names and labels. Labels are taken from what is served, never
 * from what is asked: nobody fills the memory with names. Source: k8s.io/apiserver/pkg/endpoints/metrics.
 */
export class RequestMetrics {
  readonly #total;
  readonly #durations;
  readonly #sizes;
  readonly #longRunning;
  readonly #watchEvents;
  readonly #terminations;

  constructor(metrics: Metrics, private readonly kinds: KindTable, private readonly now: () => number) {
    this.#total = metrics.add(new Counter({ name: 'apiserver_request_total', help: 'Requests answered, by what they asked for and the code of the answer.', labels: ['verb', 'dry_run', ...target, 'code'] }));
    this.#durations = metrics.add(new Histogram({ name: 'apiserver_request_duration_seconds', help: 'How long answers took.', labels: ['verb', 'dry_run', ...target] }, durationBounds));
    this.#sizes = metrics.add(new Histogram({ name: 'apiserver_response_sizes', help: 'How long the answers to reads are, in bytes.', labels: ['verb', ...target] }, exponentialBounds(1000, 10, 7)));
    this.#longRunning = metrics.add(new Gauge({ name: 'apiserver_longrunning_requests', help: 'Watches and other streams that are open now.', labels: ['verb', ...target] }));
    this.#terminations = metrics.add(new Counter({ name: 'apiserver_request_terminations_total', help: 'Requests that were refused or cut short for the good of the others.', labels: ['verb', ...target, 'code'] }));
    this.#watchEvents = metrics.add(new Counter({ name: 'apiserver_watch_events_total', help: 'Events sent to watches.', labels: ['group', 'version', 'kind'] }));
  }

  /** The returned function is called with the code and the length of the answer when it is over. */
  begin({ request, info }: Pick<Exchange, 'request' | 'info'>): (code: number, bytes: number) => void {
    const begunMs = this.now();
    const verb = this.#verb(request.method ?? 'GET', String(request.headers['content-type'] ?? ''), info);
    const of = this.#targetOf(info);
    const lasts = isLongRunning(info);
    if (lasts) this.#longRunning.add([verb, ...of]);
    return (code, bytes) => {
      const dryRun = info.query.get('dryRun') === 'All' ? 'All' : '';
      this.#total.add([verb, dryRun, ...of, String(code)]);
      if (code === 429 || code === 504) this.#terminations.add([verb, ...of, String(code)]);
      if (lasts) return this.#longRunning.add([verb, ...of], -1);
      this.#durations.observe([verb, dryRun, ...of], (this.now() - begunMs) / 1000);
      if (verb === 'GET' || verb === 'LIST') this.#sizes.observe([verb, ...of], bytes);
    };
  }

  watchEvent({ group, version, kind }: { group: string; version: string; kind: string }): void {
    this.#watchEvents.add([group, version, kind]);
  }

  #targetOf({ path, verb, resource }: RequestInfo): string[] {
    if (!resource) return ['', '', '', known(path), '', 'apiserver'];
    const kind = this.kinds.find(resource);
    if (!kind) return ['', '', '', '', '', 'apiserver'];
    const subresource = kind.subresources?.find((name) => name === resource.subresource) ?? '';
    const scope = resource.name !== undefined || verb === 'create' ? 'resource' : resource.namespace !== undefined ? 'namespace' : 'cluster';
    return [kind.group, kind.version, kind.plural, subresource, scope, 'apiserver'];
  }

  #verb(method: string, contentType: string, { verb, resource }: RequestInfo): string {
    if (resource?.subresource && connects.has(resource.subresource)) return 'CONNECT';
    if (verb === 'watch') return 'WATCH';
    if (verb === 'list' || verb === 'deletecollection') return verb.toUpperCase();
    if (method === 'PATCH' && contentType.startsWith('application/apply-patch')) return 'APPLY';
    if (!methods.has(method)) return 'other';
    return method === 'HEAD' ? 'GET' : method;
  }
}

const paths = new Set(['/', '/api', '/apis', '/healthz', '/livez', '/metrics', '/openapi/v2', '/openapi/v3', '/readyz', '/version']);
const known = (path: string) => (paths.has(path) ? path : '');
