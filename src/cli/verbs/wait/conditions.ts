import { compileJsonPathResults, relaxJsonPath } from '../../../api/jsonpath';
import { Float } from '../../../api/go/compare';
import { formatFloat, formatValue } from '../../../api/go/format';
import type { Unstructured } from '../../../api/meta';

/** Is it as waited for? Throws where that cannot be said. */
export type Check = (object: Unstructured) => boolean;

export type Condition = { kind: 'create' } | { kind: 'delete' } | { kind: 'check'; check: Check };

/** What --for means. Throws kubectl's texts (conditionFuncFor in wait.go). */
export function conditionOf(text: string): Condition {
  const kind = text.toLowerCase();
  if (kind === 'delete' || kind === 'create') return { kind };
  const [, language, rest] = /^(condition|jsonpath)=(.*)$/s.exec(text) ?? [];
  if (language === 'condition') return { kind: 'check', check: statusCondition(rest!) };
  if (language === 'jsonpath') return { kind: 'check', check: jsonPathCondition(rest!) };
  throw new Error(`unrecognized condition: ${JSON.stringify(text)}`);
}

interface StatusCondition {
  type?: unknown;
  status?: unknown;
  observedGeneration?: unknown;
}

type WithConditions = { status?: { conditions?: StatusCondition[]; observedGeneration?: unknown } };

/** `Available`, `Ready=False`: true as soon as the status is about the latest generation. */
function statusCondition(text: string): Check {
  const equals = text.indexOf('=');
  const [type, status] = equals < 0 ? [text, 'true'] : [text.slice(0, equals), text.slice(equals + 1)];
  return (object) => {
    const { status: seen } = object as WithConditions;
    const condition = seen?.conditions?.find((each) => typeof each.status === 'string' && sameFold(each.type, type));
    if (!condition) return false;
    const observed = condition.observedGeneration ?? seen?.observedGeneration;
    const { generation } = object.metadata;
    if (generation !== undefined && typeof observed === 'number' && observed < generation) return false;
    return sameFold(condition.status, status);
  };
}

const sameFold = (value: unknown, wanted: string) => typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();

const jsonPathFormat = 'jsonpath wait format must be --for=jsonpath=\'{.status.readyReplicas}\'=3 or --for=jsonpath=\'{.status.readyReplicas}\'';

/** `{.status.phase}=Running`; without a value any will do. */
function jsonPathCondition(text: string): Check {
  const parts = splitAtSingleEquals(text);
  if (parts.length > 2) throw new Error(jsonPathFormat);
  const expression = relaxJsonPath(parts[0]!);
  const wanted = parts[1]?.replace(/^['"]+|['"]+$/g, '');
  if (wanted === '') throw new Error('jsonpath wait has to have a value after equal sign, like --for=jsonpath=\'{.status.readyReplicas}\'=3');
  if (!expression) throw new Error('jsonpath expression cannot be empty');
  const find = compileJsonPathResults(expression, { allowMissingKeys: true });
  return (object) => {
    const results = find(object);
    if (!results[0]?.length) return false;
    if (results.length > 1) throw new Error('given jsonpath expression matches more than one list');
    if (results[0].length > 1) throw new Error('given jsonpath expression matches more than one value');
    return wanted === undefined || textOf(results[0][0]).trim() === wanted.trim();
  };
}

/** `a==b=c` → [`a==b`, `c`] */
function splitAtSingleEquals(text: string): string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/==|=|[^=]+/g)) {
    if (piece === '=') parts.push('');
    else parts.push(parts.pop()! + piece);
  }
  return parts;
}

function textOf(value: unknown): string {
  if (value instanceof Float) return formatFloat(value.value);
  if (value === null) return '<nil>';
  if (typeof value === 'object') throw new Error('jsonpath leads to a nested object or list which is not supported');
  return formatValue(value);
}
