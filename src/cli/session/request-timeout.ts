import { parseValue } from '../argv/values';

/** `--request-timeout`: a whole number of seconds or a duration. Throws in client-go's words. */
export function requestTimeoutMs(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const parsed = parseValue({ type: 'duration', help: '' }, text);
  if ('ok' in parsed) return Number(parsed.ok);
  throw new Error(`Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)`);
}
