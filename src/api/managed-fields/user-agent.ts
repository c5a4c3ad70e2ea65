import { isPrint } from '../go/quote';

/** Source: FieldManagerMaxLength. */
const managerBytesMax = 128;

/** The manager of a write that names none: what stands before the version in the client's User-Agent. Source: prefixFromUserAgent. */
export function managerOfUserAgent(userAgent: string): string {
  let name = '';
  for (const char of userAgent.split('/')[0]!) {
    if (!isPrint(char)) continue;
    if (Buffer.byteLength(name) + Buffer.byteLength(char) > managerBytesMax) break;
    name += char;
  }
  return name;
}
