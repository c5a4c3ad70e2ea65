import type { Clock } from '../api/clock';

type Severity = 'I' | 'W' | 'E' | 'F';

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A line as Go's klog writes it: `E1128 03:47:12.123456   12345 portforward.go:424] …`, in local time. `where` is the
 * place in upstream's sources by which people filter such lines.
 */
export function klogLine({ clock }: { clock: Clock }, severity: Severity, where: string, text: string): string {
  const now = new Date(clock.now());
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}000`;
  return `${severity}${two(now.getMonth() + 1)}${two(now.getDate())} ${time} ${String(process.pid).padStart(7)} ${where}] ${text}\n`;
}
