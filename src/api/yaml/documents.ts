import { YamlError } from './scalar';

const byteOrderMarks: [number[], string][] = [[[0xef, 0xbb, 0xbf], 'utf-8'], [[0xff, 0xfe], 'utf-16le'], [[0xfe, 0xff], 'utf-16be']];

/** The text of a file: UTF-8, or what a byte order mark says. What is invalid becomes U+FFFD. */
export function decodeText(input: string | Uint8Array): string {
  if (typeof input === 'string') return input.replace(/^\ufeff/, '');
  const encoding = byteOrderMarks.find(([mark]) => mark.every((byte, i) => input[i] === byte))?.[1] ?? 'utf-8';
  return new TextDecoder(encoding).decode(input);
}

export const looksLikeJson = (text: string) => /^\s*\{/.test(text.slice(0, 4096));

/** Every line ends with a line feed, the last one too: that shows in the line numbers of errors. */
const asLines = (text: string) => text.replaceAll('\r\n', '\n').replace(/(?<!\n)$/, '\n');

/**
 * The documents between lines of `---`, each to be parsed on its own: line numbers in errors count from there.
 * Nothing but a comment may follow the dashes. Source: YAMLReader of k8s.io/apimachinery/pkg/util/yaml.
 */
export function* splitDocuments(text: string): Generator<string> {
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    if (text.startsWith('---', at)) {
      const rest = text.slice(at + 3, next).trim();
      if (rest && !rest.startsWith('#')) throw new YamlError(`invalid Yaml document separator: ${rest}`);
      if (at > start) yield asLines(text.slice(start, at));
      start = next;
    }
    at = next;
  }
  if (start < text.length) yield asLines(text.slice(start));
}
