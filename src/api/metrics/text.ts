/** The text exposition format of Prometheus, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */
export const contentType = 'text/plain; version=0.0.4; charset=utf-8';

export type Labels = readonly string[];

export const header = (name: string, help: string, type: string): string => `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;

/** One sample: `name{label="value",…} 3`. `extra`: a label more, as it is printed. */
export function sample(name: string, labels: Labels, values: Labels, value: number, extra = ''): string {
  const pairs = labels.map((label, at) => `${label}="${escapeValue(values[at] ?? '')}"`);
  if (extra) pairs.push(extra);
  return `${name}${pairs.length ? `{${pairs.join(',')}}` : ''} ${formatNumber(value)}\n`;
}

/** As Go's strconv prints a float: no plus sign in front of infinity's name but one there is. */
export const formatNumber = (value: number): string =>
  value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : Number.isNaN(value) ? 'NaN' : Math.abs(value) >= 1e21 ? value.toExponential() : String(value);

const escapeHelp = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const escapeValue = (text: string) => (/[\\"\n]/.test(text) ? escapeHelp(text).replaceAll('"', '\\"') : text);
