import { readFileSync, statSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { Overrides } from './resolve';
import type { KubeConfig } from './types';

/** Where a pod finds the credentials of its ServiceAccount. */
const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';
const name = 'in-cluster';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * In a pod, and when no context, cluster or server is chosen, the configuration of the pod's own cluster; else the one
 * that is given. After inClusterClientConfig of client-go's tools/clientcmd.
 */
export function orInCluster(config: KubeConfig, overrides: Overrides, env: Env, directory = mounted): KubeConfig {
  const isChosen = overrides.context || overrides.cluster || overrides.server || config.currentContext;
  const server = isChosen ? undefined : serverOf(env);
  if (server === undefined || !isFile(join(directory, 'token'))) return config;
  const located = <T>(value: T): Map<string, { value: T; file: string }> => new Map([[name, { value, file: join(directory, 'token') }]]);
  const authority = join(directory, 'ca.crt');
  return {
    ...config,
    clusters: located({ server, ...(isFile(authority) && { 'certificate-authority': authority }) }),
    users: located({ tokenFile: join(directory, 'token') }),
    contexts: located({ cluster: name, user: name, namespace: env['POD_NAMESPACE'] || namespaceIn(directory) }),
    currentContext: name,
  };
}

function serverOf(env: Env): string | undefined {
  const [host, port] = [env['KUBERNETES_SERVICE_HOST'], env['KUBERNETES_SERVICE_PORT']];
  return host && port ? `https://${isIPv6(host) ? `[${host}]` : host}:${port}` : undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function namespaceIn(directory: string): string {
  const path = join(directory, 'namespace');
  return (isFile(path) && readFileSync(path, 'utf8').trim()) || 'default';
}
