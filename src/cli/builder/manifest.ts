import type { Unstructured } from '../../api/meta';
import { parseYaml } from '../../api/yaml';

/**
 * The documents of a manifest, one after the other: what stands before a broken document is yielded before its error
 * is thrown. `source` names the file in the error.
 */
export function* parseManifest(bytes: Buffer, source: string): Generator<Unstructured> {
  const text = decode(bytes);
  try {
    yield* parseYaml(text, { bigints: true });
    return;
  } catch (error) {
    if (!/^---/m.test(text)) throw parseError(source, error);
  }
  for (const document of text.split(/^---.*$/m)) {
    try {
      yield* parseYaml(document, { bigints: true });
    } catch (error) {
      throw parseError(source, error);
    }
  }
}

const parseError = (source: string, error: unknown) => new Error(`error parsing ${source}: ${(error as Error).message}`);

/** UTF-8, or UTF-16 where a byte order mark says so. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2, bytes.length & ~1)).swap16().toString('utf16le');
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
