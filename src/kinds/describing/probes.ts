import type { HTTPGetAction, Probe } from '../../api/generated/core.v1';

/** Percent-encoding of a URL's path as Go's net/url does it. */
const escapePath = (path: string) => path === '*' ? path
  : encodeURIComponent(path).replace(/%(24|26|2B|2C|2F|3A|3B|3D|40)/g, (code) => decodeURIComponent(code)).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function urlOf({ scheme, host = '', port, path = '' }: HTTPGetAction): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const slash = path && !path.startsWith('/') ? '/' : '';
  return `${scheme ? `${scheme.toLowerCase()}:` : ''}//${bracketed}:${port ?? 0}${slash}${escapePath(path)}`;
}

function actionText(probe: Probe): string {
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}]`;
  if (probe.httpGet) return `http-get ${urlOf(probe.httpGet)}`;
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port}`;
  return probe.grpc ? `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''}` : 'unknown';
}

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3` */
export function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 0, periodSeconds = 0, successThreshold = 0, failureThreshold = 0 } = probe;
  return `${actionText(probe)} delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s `
    + `#success=${successThreshold} #failure=${failureThreshold}`;
}
