import type { Service } from '../../../api/generated/core.v1';

type Variable = [name: string, value: string];

const hasClusterIP = ({ spec }: Service) => Boolean(spec.clusterIP) && spec.clusterIP !== 'None';
const isMaster = ({ metadata }: Service) => metadata.namespace === 'default' && metadata.name === 'kubernetes';
const variableName = (name: string) => name.toUpperCase().replaceAll('-', '_');

/** Variables of the services of the pod's namespace (unless it does not want them) and of `kubernetes`. After pkg/kubelet/envvars. */
export function serviceEnv(services: readonly Service[], namespace: string, enableServiceLinks: boolean): Map<string, string> {
  const own = services.filter((service) => enableServiceLinks && service.metadata.namespace === namespace && hasClusterIP(service));
  const names = new Set(own.map(({ metadata }) => metadata.name));
  const master = services.filter((service) => isMaster(service) && hasClusterIP(service) && !names.has(service.metadata.name));
  return new Map([...master, ...own].flatMap(variablesOf));
}

function variablesOf({ metadata, spec }: Service): Variable[] {
  const prefix = variableName(metadata.name);
  const ports = spec.ports ?? [];
  const [first] = ports;
  if (!first) return [[`${prefix}_SERVICE_HOST`, spec.clusterIP!]];
  const named = ports.flatMap(({ name, port }): Variable[] => (name ? [[`${prefix}_SERVICE_PORT_${variableName(name)}`, String(port)]] : []));
  return [
    [`${prefix}_SERVICE_HOST`, spec.clusterIP!],
    [`${prefix}_SERVICE_PORT`, String(first.port)],
    ...named,
    ...ports.flatMap(({ port, protocol = 'TCP' }, index) => linkVariables(prefix, spec.clusterIP!, port, protocol, index === 0)),
  ];
}

/** Those that Docker's links had. */
function linkVariables(prefix: string, ip: string, port: number, protocol: string, isFirst: boolean): Variable[] {
  const scheme = protocol.toLowerCase();
  const url = `${scheme}://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  const portPrefix = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
  return [
    ...(isFirst ? [[`${prefix}_PORT`, url] as Variable] : []),
    [portPrefix, url],
    [`${portPrefix}_PROTO`, scheme],
    [`${portPrefix}_PORT`, String(port)],
    [`${portPrefix}_ADDR`, ip],
  ];
}
