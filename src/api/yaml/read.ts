import { parseExactJson } from '../exact-json';
import type { Unstructured } from '../meta';
import { decodeText, looksLikeJson, splitDocuments } from './documents';
import type { JsonSyntaxError } from './go-json';
import { endOfJsonValue } from './go-json';
import { parseDocument, type ParseOptions } from './parse';
import { YamlError } from './scalar';

/** As sigs.k8s.io/yaml wraps it. */
function convert(text: string, options?: ParseOptions): unknown {
  try {
    return parseDocument(text, options);
  } catch (error) {
    throw new YamlError(`error converting YAML to JSON: ${(error as Error).message}`);
  }
}

const parseJson = (text: string, options?: ParseOptions): unknown => (options?.bigints ? parseExactJson(text) : JSON.parse(text));

/** How many JSON values have to be read before a stream is JSON beyond doubt. */
const certain = 2;

/**
 * The values of a manifest, one after the other, so that those before a bad one can be used: a stream of JSON values when it starts
 * with a brace, else YAML documents; YAML too, when the JSON cannot be read. Documents that are empty or null are left out.
 * Throws YamlError. Source: YAMLOrJSONDecoder.
 */
export function* readDocuments(input: string | Uint8Array, options?: ParseOptions): Generator<unknown> {
  const text = decodeText(input);
  if (!looksLikeJson(text)) return yield* readYaml(text, options);
  let at = 0;
  for (let count = 0; /\S/.test(text.slice(at)); count++) {
    let end: number;
    try {
      end = endOfJsonValue(text, at);
    } catch (error) {
      if (count >= certain) throw new YamlError((error as Error).message);
      return yield* readYamlInstead(text.slice(at).replace(/^[^\S\n]*\n?/, ''), error as JsonSyntaxError, options);
    }
    const value = parseJson(text.slice(at, end), options);
    if (value !== null) yield value;
    at = end;
  }
}

function* readYaml(text: string, options?: ParseOptions): Generator<unknown> {
  for (const document of splitDocuments(text)) {
    const value = convert(document, options);
    if (value !== null) yield value;
  }
}

/** When the first document is no YAML either, the JSON's error is the one to tell. */
function* readYamlInstead(text: string, jsonError: JsonSyntaxError, options?: ParseOptions): Generator<unknown> {
  let count = 0;
  try {
    for (const value of readYaml(text, options)) {
      count++;
      yield value;
    }
  } catch (error) {
    if (count) throw error;
    throw new YamlError(jsonError.message === 'unexpected EOF' ? jsonError.message : `json: offset ${jsonError.offset}: ${jsonError.message}`);
  }
}

/** All objects of a manifest. What is in it need not be an object of the API, nor an object at all: check before use. */
export function parseYaml(input: string | Uint8Array, options?: ParseOptions): Unstructured[] {
  return [...readDocuments(input, options)] as Unstructured[];
}

/**
 * One value of JSON (when it starts with a brace) or YAML, as `kubectl patch -p` takes it; documents after the first are ignored.
 * Throws YamlError, without the prefix that manifests have. Source: util/yaml.ToJSON.
 */
export function parseYamlOrJson(input: string | Uint8Array, options?: ParseOptions): unknown {
  const text = decodeText(input);
  if (!looksLikeJson(text)) return parseDocument(text, options);
  const end = endOfJsonValue(text, 0);
  if (/\S/.test(text.slice(end))) throw new YamlError(`invalid character ${JSON.stringify(text.slice(end).trim()[0]).replace(/^"|"$/g, "'")} after top-level value`);
  return parseJson(text, options);
}
