import type { Registry } from '../../registry';
import type { Handler } from '../exchange';
import { discovery } from './discovery';
import { health, type HealthCheck } from './health';
import { jsonReply, pageNotFound } from './json';
import { openapi } from './openapi';
import { openIdPaths } from './openid';
import { version } from './version';

export interface PathOptions {
  readonly registry: Registry;
  readonly descriptionsFile: string | undefined;
  readonly checks: readonly HealthCheck[];
}

const rootPaths = ['/.well-known/openid-configuration', '/api', '/apis', '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/openid/v1/jwks', '/readyz', '/version'];

/** What is served beside resources. */
export function pathHandler({ registry, descriptionsFile, checks }: PathOptions): Handler {
  const openApi = openapi(registry.kinds, descriptionsFile);
  const exact: Record<string, Handler> = {
    '/': () => jsonReply({ paths: rootPaths }),
    '/version': version,
    '/healthz': health('/healthz', checks),
    '/livez': health('/livez', checks),
    '/readyz': health('/readyz', checks),
    '/openapi/v2': openApi,
    ...openIdPaths(registry.tokens),
  };
  return (exchange) => {
    const path = exchange.info.path.length > 1 ? exchange.info.path.replace(/\/$/, '') : exchange.info.path;
    const handler = exact[path] ?? (path.startsWith('/openapi/v3') ? openApi : undefined);
    return handler ? handler(exchange) : discovery(registry.kinds, exchange) ?? pageNotFound();
  };
}
