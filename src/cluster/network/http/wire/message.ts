/** A field line as RFC 9112 5 has it, with nothing that receivers read in different ways: no folding, no bare CR or LF, no NUL. */
const fieldLine = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)\r\n/y;

const requestLine = /(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/[\x21\x22\x24-\x7e]*) HTTP\/1\.1\r\n/y;

const statusLine = /HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n/y;

const endOfHead = '\r\n\r\n';

/** Node's own limit. */
const requestHeadBytesMax = 16 * 1024;
const answerHeadBytesMax = 64 * 1024;

export interface RequestText {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly host: string;
  /** Names and values in turns. */
  readonly raw: readonly string[];
  readonly closes: boolean;
  /** Where the body begins and ends in the bytes. */
  readonly bodyAt: number;
  readonly endsAt: number;
}

/**
 * A request that is there as a whole, head and body, and that everybody would read alike. Undefined: anything else, good
 * or bad: parts of a request, a body in chunks, an upgrade, HTTP/1.0, two lengths.
 */
export function readRequest(bytes: Buffer): RequestText | undefined {
  const text = bytes.toString('latin1', 0, requestHeadBytesMax);
  const end = text.indexOf(endOfHead);
  requestLine.lastIndex = 0;
  const line = end < 0 ? null : requestLine.exec(text);
  const raw = line && readFields(text, requestLine.lastIndex, end + 2);
  if (!raw) return undefined;
  const kept = plainFields(raw);
  if (!kept) return undefined;
  const bodyAt = end + endOfHead.length;
  const endsAt = bodyAt + kept.bodyBytes;
  return endsAt > bytes.length ? undefined : { method: line[1]!, target: line[2]!, host: kept.host, raw, closes: kept.closes, bodyAt, endsAt };
}

/** Fields that need more than carrying bytes. */
const unusual = new Set(['transfer-encoding', 'upgrade', 'expect', 'http2-settings', 'proxy-connection', 'keep-alive']);

function plainFields(raw: readonly string[]): { host: string; bodyBytes: number; closes: boolean } | undefined {
  for (let at = 0; at < raw.length; at += 2) if (unusual.has(raw[at]!.toLowerCase())) return undefined;
  const host = onlyField(raw, 'host');
  const connection = onlyField(raw, 'connection');
  const length = onlyField(raw, 'content-length');
  if (!host || connection === null || length === null || onlyField(raw, 'authorization') === null) return undefined;
  const closes = connection !== undefined && /^close$/i.test(connection);
  const isPlain = /^[\w.:[\]-]+$/.test(host) && (length === undefined || isLength(length)) && (connection === undefined || closes || /^keep-alive$/i.test(connection));
  return isPlain ? { host, bodyBytes: length === undefined ? 0 : Number(length), closes } : undefined;
}

export const isLength = (value: string): boolean => /^\d{1,15}$/.test(value);

export interface AnswerText {
  readonly minor: '0' | '1';
  readonly status: number;
  readonly reason: string;
  readonly raw: readonly string[];
  readonly bodyAt: number;
}

/** `partial`: its end has not come. Undefined: it is no head of an answer. */
export function readAnswer(bytes: Buffer): AnswerText | 'partial' | undefined {
  const text = bytes.toString('latin1', 0, answerHeadBytesMax);
  const end = text.indexOf(endOfHead);
  if (end < 0) return bytes.length < answerHeadBytesMax && 'HTTP/1.'.startsWith(text.slice(0, 7)) ? 'partial' : undefined;
  statusLine.lastIndex = 0;
  const line = statusLine.exec(text);
  const raw = line && readFields(text, statusLine.lastIndex, end + 2);
  return raw ? { minor: line[1] as '0' | '1', status: Number(line[2]), reason: line[3] ?? '', raw, bodyAt: end + endOfHead.length } : undefined;
}

function readFields(text: string, from: number, to: number): string[] | undefined {
  const raw: string[] = [];
  for (fieldLine.lastIndex = from; fieldLine.lastIndex < to;) {
    const line = fieldLine.exec(text);
    if (!line) return undefined;
    raw.push(line[1]!, withoutEnd(line[2]!));
  }
  return raw;
}

/** Without white space at the end, of which U+00A0 is none here. */
function withoutEnd(value: string): string {
  let end = value.length;
  while (end > 0 && (value[end - 1] === ' ' || value[end - 1] === '\t')) end--;
  return end === value.length ? value : value.slice(0, end);
}

/** The value of a field that may be there once. Undefined: there is none; null: there are several. */
export function onlyField(raw: readonly string[], name: string): string | undefined | null {
  let found: string | undefined;
  for (let at = 0; at < raw.length; at += 2) {
    if (raw[at]!.length !== name.length || raw[at]!.toLowerCase() !== name) continue;
    if (found !== undefined) return null;
    found = raw[at + 1];
  }
  return found;
}

/** Fields of which the first alone counts where they should be one. */
const firstCounts = new Set(['authorization', 'content-type', 'from', 'host', 'if-modified-since', 'if-unmodified-since', 'max-forwards', 'referer', 'user-agent']);

/** By lower-case name, several of one name as one value (RFC 9110 5.3). */
export function requestRecord(raw: readonly string[]): Record<string, string> {
  const record = Object.create(null) as Record<string, string>;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    const known = record[name];
    if (known === undefined) record[name] = raw[at + 1]!;
    else if (!firstCounts.has(name)) record[name] = `${known}${name === 'cookie' ? '; ' : ', '}${raw[at + 1]!}`;
  }
  return record;
}

/** By lower-case name, several of one name as a list. */
export function answerRecord(raw: readonly string[]): Record<string, string | string[]> {
  const record = Object.create(null) as Record<string, string | string[]>;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    const known = record[name];
    record[name] = known === undefined ? raw[at + 1]! : [...(Array.isArray(known) ? known : [known]), raw[at + 1]!];
  }
  return record;
}

/** What may stand in a field's value. */
export const isFieldValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
