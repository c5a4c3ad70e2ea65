import { connectionNames, hopByHop, type ResponseHeaders } from '../headers';
import type { AnswerText } from './message';

/** Of these the sender of a message decides alone. */
const framing = new Set(['content-length', 'transfer-encoding', 'connection']);

const isFraming = (name: string): boolean => name.length >= 10 && name.length <= 17 && framing.has(name.toLowerCase());

/** The bytes, in Latin-1, of a request's head. `headers`: names and values in turns. */
export function requestHead(method: string, path: string, headers: readonly string[], body: Buffer | undefined): string {
  let text = `${method} ${path} HTTP/1.1\r\n`;
  for (let at = 0; at < headers.length; at += 2) if (!isFraming(headers[at]!)) text += `${headers[at]!}: ${headers[at + 1]!}\r\n`;
  return body ? `${text}content-length: ${body.length}\r\n\r\n` : `${text}\r\n`;
}

/** The bytes, in Latin-1, of an answer's head. `own`: whole lines that follow its headers. */
export function answerHead(status: number, reason: string, headers: ResponseHeaders, own: string): string {
  let text = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (const name in headers) {
    if (name === 'connection' || name === 'transfer-encoding') continue;
    for (const one of [headers[name]!].flat()) text += `${name}: ${one}\r\n`;
  }
  return `${text}${own}\r\n`;
}

/** The same for an answer that is handed on as it came, but for what belonged to its connection. */
export function plainAnswerHead({ status, reason, raw }: AnswerText, own: string): string {
  const named = connectionNames(raw);
  let text = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    if (hopByHop.has(name) || named?.has(name) || (status === 204 && name === 'content-length')) continue;
    text += `${raw[at]!}: ${raw[at + 1]!}\r\n`;
  }
  return `${text}${own}\r\n`;
}
