import { STATUS_CODES } from 'node:http';
import { authHeaders } from '../../client/http/auth';
import type { Connection } from '../../client/connection';
import { encodeBody, pathWithQuery, readAll, type ApiRequest, type ApiResponse, type Transport } from '../../client/http/transport';
import { klogLine } from '../klog';
import type { Environment } from './session';

/** Bytes of a body that are shown, by level. Source: truncateBody in k8s.io/client-go/rest. */
const bodyMax: Readonly<Record<number, number>> = { 8: 1024, 9: 10_240 };

type Pairs = readonly (readonly [key: string, value: string | number | Text])[];

/** Several lines, which are shown as they are. */
interface Text {
  lines: readonly string[];
}

/** Logs requests as client-go does at levels 6 and higher; secrets are masked. Bodies of answers that stream are not shown. */
export function requestLog(connection: Connection, { streams, clock }: Environment, level: number): (transport: Transport) => Transport {
  const log = (where: string, message: string, pairs: Pairs) =>
    void streams.err.write(klogLine({ clock }, 'I', where, [JSON.stringify(message), ...pairs.map(([key, value]) => `${key}=${shown(value)}`)].join(' ')));
  return (transport) => ({
    close: () => transport.close(),
    async send(request) {
      const url = connection.server + pathWithQuery(request.path, request.query);
      const verb = request.method ?? 'GET';
      if (level >= 8) log('helper.go:105', 'Request Body', [['body', bodyText(encodeBody(request), level)]]);
      logRequest(log, level, verb, url, sentHeaders(request, connection));
      const begun = clock.now();
      const response = await transport.send(request);
      const status = `${response.status} ${STATUS_CODES[response.status] ?? ''}`;
      log('round_trippers.go:632', 'Response', [
        ...(level === 6 || level >= 9 ? [['verb', verb], ['url', url]] as const : []), ['status', status],
        ...(level >= 8 ? [['headers', headerText(receivedHeaders(response))]] as const : []), ['milliseconds', clock.now() - begun],
      ]);
      return level >= 8 && !request.stream ? withBodyLogged(response, (body) => log('helper.go:105', 'Response Body', [['body', bodyText(body, level)]])) : response;
    },
  });
}

function logRequest(log: (where: string, message: string, pairs: Pairs) => void, level: number, verb: string, url: string, headers: readonly (readonly [string, string])[]): void {
  if (level >= 9) {
    const options = headers.map(([name, value]) => ` -H ${JSON.stringify(`${name}: ${value}`)}`).join('');
    log('round_trippers.go:527', 'Request', [['curlCommand', { lines: [`curl -v -X${verb} ${options} '${url}'`] }]]);
  } else if (level >= 7) {
    log('round_trippers.go:527', 'Request', [['verb', verb], ['url', url], ['headers', headerText(headers)]]);
  }
}

function sentHeaders(request: ApiRequest, connection: Connection): (readonly [string, string])[] {
  const headers: Record<string, string | string[]> = {
    'accept': request.accept ?? 'application/json', 'user-agent': 'knarr',
    ...(request.body !== undefined && { 'content-type': request.contentType ?? 'application/json' }), ...authHeaders(connection),
  };
  return sortedHeaders(headers);
}

const receivedHeaders = ({ headers }: ApiResponse) => sortedHeaders(headers);

function sortedHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((each) => [titled(name), masked(name, each)] as const)).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** `Content-Type` */
const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());

/** Of credentials only the scheme is shown. */
function masked(name: string, value: string): string {
  if (name.toLowerCase() !== 'authorization' || !value) return value;
  const scheme = /^(basic|bearer|negotiate) /i.exec(value)?.[1];
  return scheme ? `${scheme} <masked>` : '<masked>';
}

const headerText = (headers: readonly (readonly [string, string])[]): Text => ({ lines: headers.map(([name, value]) => `${name}: ${value}`) });

function bodyText(body: string | Uint8Array | undefined, level: number): string | Text {
  const text = body === undefined ? '' : Buffer.from(body as Uint8Array).toString();
  const most = bodyMax[Math.min(level, 9)]!;
  const cut = level < 10 && text.length > most ? `${text.slice(0, most)} [truncated ${text.length - most} chars]` : text;
  return cut.includes('\n') ? { lines: cut.replace(/\n$/, '').split('\n') } : cut;
}

const shown = (value: string | number | Text): string =>
  typeof value === 'object' ? `<\n${value.lines.map((line) => `\t${line}\n`).join('')} >` : JSON.stringify(value);

async function withBodyLogged(response: ApiResponse, tell: (body: Buffer) => void): Promise<ApiResponse> {
  const body = await readAll(response.body);
  tell(body);
  return { ...response, body: (async function* () { yield body; })() };
}
