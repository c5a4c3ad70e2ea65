import type { Service } from '../../../api/generated/core.v1';
import { programName } from '../../program';
import type { GlobalFlags } from '../../flags/global';
import { flagTable, type Input } from '../../flags/spec';
import type { Session } from '../../session';

export const clusterInfoFlags = flagTable({});

const services = { group: '', version: 'v1', plural: 'services', namespaced: true };

/** Where the control plane and the services that belong to it answer. After k8s.io/kubectl/pkg/cmd/clusterinfo. */
export async function clusterInfo(session: Session, { flags }: Input<GlobalFlags>): Promise<void> {
  const client = await session.client();
  const { server } = await session.connection();
  try {
    const { items } = await client.list<Service>(services, { namespace: flags.namespace || 'kube-system', labelSelector: 'kubernetes.io/cluster-service=true' });
    const lines = [['Kubernetes control plane', server], ...items.map((service) => [serviceTitle(service), serviceUrl(service, server)])];
    session.streams.out.write(lines.map(([name, url]) => `${name} is running at ${url}\n`).join(''));
  } finally {
    session.streams.out.write(`\nTo further debug and diagnose cluster problems, use '${programName} cluster-info dump'.\n`);
  }
}

const serviceTitle = ({ metadata }: Service) => metadata.labels?.['kubernetes.io/name'] || metadata.name;

function serviceUrl({ metadata, spec, status }: Service, server: string): string {
  const ports = spec?.ports ?? [];
  const ingress = status?.loadBalancer?.ingress?.[0];
  if (ingress) return ports.map(({ port }) => `http://${ingress.ip || ingress.hostname}:${port} `).join('');
  const [first] = ports;
  const scheme = first && (first.name === 'https' || first.port === 443) ? 'https' : '';
  const parts = scheme ? `${scheme}:${metadata.name}:${first?.name ?? ''}` : first?.name ? `${metadata.name}:${first.name}` : metadata.name;
  return `${server}/api/v1/namespaces/${metadata.namespace}/services/${parts}/proxy`;
}
