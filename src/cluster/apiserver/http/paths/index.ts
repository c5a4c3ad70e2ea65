import type { Metrics } from '../../../../api/metrics';
import { groupVersion } from '../../../../api/meta';
import type { RemoteDiscovery } from '../../aggregation/remote-discovery';
import type { RemoteOpenApi } from '../../aggregation/remote-openapi';
import type { Registry } from '../../registry';
import type { Handler } from '../exchange';
import { discovery } from './discovery';
import { healthPaths, type HealthCheck } from './health';
import { jsonReply, pageNotFound } from './json';
import { metricsPaths } from './metrics';
import { openapi } from './openapi';
import { openIdPaths } from './openid';
import { version } from './version';

export interface PathOptions {
  /** What other servers serve. */
  readonly remote: { readonly discovery: Pick<RemoteDiscovery, 'entries'>; readonly openapi: RemoteOpenApi };
  readonly registry: Registry;
  readonly descriptionsFile: string | undefined;
  readonly metrics: Metrics;
  readonly checks: { readonly healthz: readonly HealthCheck[]; readonly livez: readonly HealthCheck[]; readonly readyz: readonly HealthCheck[] };
}

/** What is served beside resources. */
export function pathHandler({ registry, remote, descriptionsFile, metrics, checks }: PathOptions): Handler {
  const openApi = openapi(registry.kinds, descriptionsFile, remote.openapi);
  const remotes = () => remote.discovery.entries();
  const exact: Record<string, Handler> = {
    '/': () => jsonReply({ paths: allPaths() }),
    '/version': version,
    ...healthPaths('/healthz', checks.healthz),
    ...healthPaths('/livez', checks.livez),
    ...healthPaths('/readyz', checks.readyz),
    ...metricsPaths(metrics, checks),
    '/openapi/v2': openApi,
    '/openapi/v3': openApi,
    ...openIdPaths(registry.tokens),
  };
  const allPaths = () => [...Object.keys(exact).filter((path) => path !== '/'), ...discoveryPaths([...registry.kinds.all(), ...remotes()])].sort();
  return (exchange) => {
    const path = exchange.info.path.length > 1 ? exchange.info.path.replace(/\/$/, '') : exchange.info.path;
    const handler = Object.hasOwn(exact, path) ? exact[path] : path.startsWith('/openapi/v3/') ? openApi : undefined;
    return handler ? handler(exchange) : discovery(registry.kinds, exchange, remotes()) ?? pageNotFound();
  };
}

function discoveryPaths(versions: readonly { group: string; version: string }[]): string[] {
  const paths = new Set(['/api', '/apis']);
  for (const { group, version } of versions) {
    paths.add(group ? `/apis/${group}` : '/api');
    paths.add(group ? `/apis/${groupVersion({ group, version })}` : `/api/${version}`);
  }
  return [...paths];
}
