import { isLength, onlyField, type AnswerText } from './message';

/** How the end of an answer's body is known. */
export type Framing =
  | { readonly by: 'length'; readonly bytes: number }
  | { readonly by: 'chunks' }
  /** The connection's end. */
  | { readonly by: 'close' };

const nothing: Framing = { by: 'length', bytes: 0 };

/** RFC 9112 6.3. Undefined: it is told in two ways, or in one that is not understood, and nobody can tell where the next answer begins. */
export function framingOf(method: string, { status, raw, minor }: Pick<AnswerText, 'status' | 'raw' | 'minor'>): Framing | undefined {
  const [length, encoding] = [onlyField(raw, 'content-length'), onlyField(raw, 'transfer-encoding')];
  if (length === null || encoding === null || (length !== undefined && encoding !== undefined)) return undefined;
  if (length !== undefined && !isLength(length)) return undefined;
  if (encoding !== undefined && (minor === '0' || encoding.toLowerCase() !== 'chunked')) return undefined;
  if (method === 'HEAD' || status === 204 || status === 304) return nothing;
  if (encoding !== undefined) return { by: 'chunks' };
  return length === undefined ? { by: 'close' } : { by: 'length', bytes: Number(length) };
}

/** What nginx waits for the next request on a connection of its own is longer; Node's servers close after five seconds. */
const idleMsMost = 4000;
/** A connection that is about to be closed is not taken. */
const idleMsSpare = 1000;

/** How long the connection can be kept for another request; 0: not at all. */
export function idleMsOf({ raw, minor }: Pick<AnswerText, 'raw' | 'minor'>): number {
  const connection = onlyField(raw, 'connection');
  if (minor === '0' || connection === null || (connection !== undefined && /\bclose\b|\bupgrade\b/i.test(connection))) return 0;
  const hint = /\btimeout\s*=\s*"?(\d{1,6})/i.exec(onlyField(raw, 'keep-alive') ?? '')?.[1];
  return hint === undefined ? idleMsMost : Math.max(0, Math.min(idleMsMost, Number(hint) * 1000 - idleMsSpare));
}
