import type { ServicePort } from '../../../../api/generated/core.v1';
import { isPortName, isPortNum } from '../../../../api/validation';

const portMax = 65535;

/** `PORT` or `PORT:TARGETPORT`. Throws in the words of Go's strconv and of apimachinery's validation. */
export function tcpPort(text: string): ServicePort {
  const [first, target] = text.split(':') as [string, string?];
  const port = portNumber(first);
  return { name: text.replaceAll(':', '-'), protocol: 'TCP', port, targetPort: target === undefined ? port : targetPort(target) };
}

function portNumber(text: string): number {
  const failure = (why: string) => new Error(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^\d+$/.test(text)) throw failure('invalid syntax');
  if (Number(text) > portMax) throw failure('value out of range');
  return Number(text);
}

function targetPort(text: string): number | string {
  const isNumber = /^[+-]?\d+$/.test(text);
  const problems = isNumber ? isPortNum(Number(text)) : isPortName(text);
  if (problems.length) throw new Error(problems.join(','));
  return isNumber ? Number(text) : text;
}
