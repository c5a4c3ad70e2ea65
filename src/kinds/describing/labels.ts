import type { ObjectMeta } from '../../api/meta';
import { field, type Write } from './writer';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
/** In bytes. */
const annotationMax = 140;

/** `Title:` and a column of lines, or `<none>`. */
export function column(write: Write, title: string, lines: readonly string[]): void {
  write(0, `${title}:\t`);
  if (lines.length === 0) write(0, '<none>\n');
  lines.forEach((line, i) => {
    if (i > 0) {
      write(0, '');
      write(0, '\t');
    }
    write(0, `${line}\n`);
  });
}

export function describeLabels(write: Write, title: string, labels: Record<string, string> | undefined): void {
  column(write, title, Object.keys(labels ?? {}).sort().map((key) => `${key}=${labels![key]}`));
}

function shorten(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  return bytes.length > maxBytes ? `${bytes.subarray(0, maxBytes).toString()}...` : text;
}

const isLong = (key: string, value: string) => Buffer.byteLength(value) + Buffer.byteLength(key) + 2 > annotationMax || value.includes('\n');

/** All but kubectl's own record of the last apply; a long or many-lined value goes below its key. */
export function describeAnnotations(write: Write, title: string, annotations: Record<string, string> | undefined): void {
  const keys = Object.keys(annotations ?? {}).filter((key) => key !== lastApplied).sort();
  write(0, `${title}:\t`);
  if (keys.length === 0) write(0, '<none>\n');
  keys.forEach((key, i) => {
    const value = annotations![key]!.replace(/\n$/, '');
    if (i > 0) write(0, '\t');
    if (!isLong(key, value)) return write(0, `${key}: ${value}\n`);
    write(0, `${key}:\n`);
    for (const line of value.split('\n')) write(0, `\t  ${shorten(line, annotationMax - 2)}\n`);
  });
}

/** What most descriptions begin with. */
export function describeMeta(write: Write, { name, namespace, labels, annotations }: ObjectMeta): void {
  field(write, 'Name', name);
  field(write, 'Namespace', namespace);
  describeLabels(write, 'Labels', labels);
  describeAnnotations(write, 'Annotations', annotations);
}
