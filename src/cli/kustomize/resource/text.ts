import { toYaml, YamlError } from '../../../api/yaml';
import { decodeNode, decodeWritten, GeneralMap, type YamlNode } from '../../../api/yaml/document';
import { marshalJson } from '../../../api/go/json';
import { goSyntaxOf } from './go-syntax';

type Json = Record<string, unknown>;

/** Throws encoding/json's errors for what JSON cannot hold. */
function checkJson(value: unknown): void {
  if (value instanceof GeneralMap) throw new Error('json: unsupported type: map[interface {}]interface {}');
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`json: unsupported value: ${value > 0 ? '+Inf' : Number.isNaN(value) ? 'NaN' : '-Inf'}`);
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) checkJson(member);
}

/** A node as JSON. Throws what yaml.v3 or encoding/json object to. */
function nodeJson(node: YamlNode): unknown {
  const value = decodeWritten(node);
  checkJson(value);
  return value;
}

/** The same with numbers as encoding/json reads them, which are all floats. */
export const floatJson = (node: YamlNode): unknown => floats(nodeJson(node));

function floats(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(floats);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, floats(member)]));
}

/** An object as kustomize prints it. Throws what cannot be printed. */
export function objectYaml(object: YamlNode): string {
  try {
    return toYaml(nodeJson(object) as Json);
  } catch (error) {
    const text = (error as Error).message;
    throw error instanceof YamlError ? new Error(text.replace(/^error converting JSON to YAML: /, '')) : error;
  }
}

/** The documents of a stream. What cannot be printed is shown as Go would. */
export function streamYaml(objects: readonly YamlNode[]): string {
  return objects.map((object) => {
    try {
      return objectYaml(object);
    } catch (error) {
      throw new Error(`${shown(object)}: ${(error as Error).message}`);
    }
  }).join('---\n');
}

function shown(object: YamlNode): string {
  try {
    decodeNode(object);
    return goSyntaxOf(object);
  } catch {
    return 'map[string]interface {}(nil)';
  }
}

/** A resource's String in Go: its JSON on one line. */
export function objectJson(object: YamlNode): string {
  try {
    return marshalJson(floatJson(object));
  } catch (error) {
    return `<${(error as Error).message}>`;
  }
}
