import type { FieldError } from '../../api/errors';
import type { JobSpec, SuccessPolicyRule } from '../../api/generated/batch.v1';
import { invalidValue, nonNegativeField, required, ShownAs, tooMany, type Path } from '../../api/validation';
import { each } from '../validating';

const rulesMax = 20;

/** How many indexes `1,3-5,7` names; a sentence where it is not in order or beyond the completions. */
function countIndexes(text: string, completions: number): number | string {
  if (!text) return 0;
  let last: number | undefined;
  let count = 0;
  for (const part of text.split(',')) {
    const [from = '', to, ...rest] = part.split('-');
    if (rest.length > 0) return `the fragment "${part}" violates the requirement that an index interval can have at most two parts separated by '-'`;
    const bad = [from, to ?? from].find((index) => !/^[0-9]+$/.test(index));
    if (bad !== undefined) return `cannot convert string to integer for index: "${bad}"`;
    const [first, final] = [Number(from), Number(to ?? from)];
    if (last !== undefined && last >= first) return `non-increasing order, previous: ${last}, current: ${first}`;
    if (final >= completions) return `too large index: "${to ?? from}"`;
    if (to !== undefined && final <= first) return `non-increasing order, previous: ${first}, current: ${final}`;
    count += final - first + 1;
    last = final;
  }
  return count;
}

function validateRule({ succeededIndexes, succeededCount }: SuccessPolicyRule, completions: number, path: Path): FieldError[] {
  if (succeededIndexes === undefined && succeededCount === undefined) {
    return [required(path, 'at least one of succeededCount or succeededIndexes must be specified')];
  }
  const indexes = succeededIndexes === undefined ? undefined : countIndexes(succeededIndexes, completions);
  const at = `${path}.succeededCount`;
  const atMost = (limit: number, what: string) => (succeededCount ?? 0) > limit
    ? [invalidValue(at, succeededCount, `must be less than or equal to ${limit} (the number of ${what})`)] : [];
  return [
    ...(typeof indexes === 'string' ? [invalidValue(`${path}.succeededIndexes`, succeededIndexes, `error parsing succeededIndexes: ${indexes}`)] : []),
    ...nonNegativeField(at, succeededCount),
    ...atMost(completions, 'specified completions'),
    ...(typeof indexes === 'number' ? atMost(indexes, 'indexes in the specified succeededIndexes field') : []),
  ];
}

/** After validateSuccessPolicy. */
export function validateSuccessPolicy({ successPolicy, completionMode, completions = 0 }: JobSpec, path: Path): FieldError[] {
  if (!successPolicy) return [];
  if (completionMode !== 'Indexed') return [invalidValue(path, new ShownAs(JSON.stringify(successPolicy)), 'requires indexed completion mode')];
  const rules = successPolicy.rules ?? [];
  return [
    ...(rules.length === 0 ? [required(`${path}.rules`, 'at least one rules must be specified when the successPolicy is specified')] : []),
    ...(rules.length > rulesMax ? [tooMany(`${path}.rules`, rules.length, rulesMax)] : []),
    ...each(rules, `${path}.rules`, (rule, at) => validateRule(rule, completions, at)),
  ];
}
