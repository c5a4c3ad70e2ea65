import { badRequest } from '../errors';
import { parseDocument, YamlError } from '../yaml';
import { parseJson, type ParsedJson } from './json';
import { reportRepeated, resolveNumbers } from './untyped';
import { DecodeFailure, Walk } from './walk';
import { withTokens } from './yaml-body';

export interface DecodedPatch {
  readonly patch: unknown;
  /** Strict decoding errors of the patch itself: `duplicate field "spec.replicas"`, `json patch unknown field "[0].x"`. */
  readonly problems: readonly string[];
}

type JsonPatchType = 'json' | 'merge' | 'strategic';

/** A patch in JSON. Throws BadRequest. Wording: jsonPatcher and strategicPatchObject in k8s.io/apiserver/pkg/endpoints/handlers/patch.go. */
export function decodePatch(body: Buffer, type: JsonPatchType): DecodedPatch {
  return refusing(type === 'strategic' ? '' : 'error decoding patch: ', () => {
    const parsed = parseJson(body);
    const problems = type === 'json' ? operationProblems(parsed) : [];
    const walk = new Walk(parsed.repeated);
    const patch = resolveNumbers(parsed.value, walk);
    return { patch, problems: type === 'json' ? problems : walk.problems };
  });
}

const members = ['op', 'path', 'from', 'value'];

/** Of the operations' own members, in order. What is inside a value is found where the result is decoded. */
function operationProblems({ value, repeated }: ParsedJson): string[] {
  if (!Array.isArray(value)) return [];
  const walk = new Walk(repeated);
  value.forEach((operation: unknown, at) => {
    if (typeof operation !== 'object' || operation === null) return;
    walk.at(at, () => {
      for (const name of Object.keys(operation)) if (!members.includes(name)) walk.unknownField(name);
      reportRepeated(operation, walk);
    }, operation);
  });
  return walk.problems.map((problem) => `json patch ${problem}`);
}

/** The configuration of an apply, in YAML or JSON. `problems` are go-yaml's: `line 8: key "foo" already set in map`. Throws BadRequest. */
export function decodeApply(body: Buffer): DecodedPatch {
  return refusing('error decoding YAML: ', () => {
    const problems: string[] = [];
    const value = jsonValue(body) ?? withTokens(yamlValue(body, problems));
    if (!value) throw new DecodeFailure('the document is empty');
    return { patch: resolveNumbers(value, new Walk()), problems };
  });
}

/** JSON is YAML, and faster read as what it is; not where the lines of repeated keys have to be told. */
function jsonValue(body: Buffer): unknown {
  if (body[0] !== 0x7b) return undefined;
  try {
    const { value, repeated } = parseJson(body);
    return repeated.size ? undefined : value;
  } catch {
    return undefined;
  }
}

function yamlValue(body: Buffer, problems: string[]): unknown {
  try {
    return parseDocument(body.toString(), { bigints: true, onRepeated: (problem) => problems.push(problem) });
  } catch (error) {
    throw error instanceof YamlError ? new DecodeFailure(`error converting YAML to JSON: ${error.message}`) : error;
  }
}

function refusing<T>(prefix: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeFailure) throw badRequest(`${prefix}${error.message}`);
    throw error;
  }
}
