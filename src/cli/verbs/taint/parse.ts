import { isLabelValue, isQualifiedName } from '../../../api/validation';

/** A taint as the command line spells it: KEY=VALUE:EFFECT. Without an effect it stands for all of its key. */
export interface TaintSpec {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

export interface TaintChanges {
  readonly add: readonly TaintSpec[];
  readonly remove: readonly TaintSpec[];
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** The arguments before the first taint, and the taints. Throws when something else stands behind. */
export function splitTaintArgs(args: readonly string[]): { resources: string[]; taints: string[] } {
  const isTaint = (arg: string) => /[=:]|-$/.test(arg);
  const first = args.findIndex(isTaint);
  const taints = first < 0 ? [] : args.slice(first);
  const other = taints.find((arg) => !isTaint(arg));
  if (other !== undefined) throw new Error(`all resources must be specified before taint changes: ${other}`);
  return { resources: args.slice(0, first < 0 ? undefined : first), taints };
}

/** `KEY-` and `KEY:EFFECT-` are removed, the rest is added. Throws in kubectl's words. */
export function parseTaints(specs: readonly string[]): TaintChanges {
  const add: TaintSpec[] = [];
  const remove: TaintSpec[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) remove.push({ ...parseTaint(spec.slice(0, -1)), value: '' });
    else add.push(newTaint(spec, add));
  }
  return { add, remove };
}

function newTaint(spec: string, earlier: readonly TaintSpec[]): TaintSpec {
  const taint = parseTaint(spec);
  const { key, value, effect } = taint;
  if (!effect) throw new Error(`invalid taint spec: ${spec}`);
  if (earlier.some((each) => each.key === key && each.effect === effect)) {
    throw new Error(`duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`);
  }
  return taint;
}

function parseTaint(spec: string): TaintSpec {
  const invalid = (problems: readonly string[] = []) => new Error([`invalid taint spec: ${spec}`, ...(problems.length ? [problems.join('; ')] : [])].join(', '));
  const [pair, effect, ...more] = spec.split(':') as [string, ...string[]];
  if (more.length) throw invalid();
  if (effect !== undefined && !effects.includes(effect)) throw new Error(`invalid taint effect: ${effect}, unsupported taint effect`);
  const [key, value, ...rest] = effect === undefined ? [pair] as [string] : pair.split('=') as [string, ...string[]];
  if (rest.length) throw invalid();
  const problems = [...(value === undefined ? [] : isLabelValue(value))];
  if (problems.length) throw invalid(problems);
  if (isQualifiedName(key).length) throw invalid(isQualifiedName(key));
  return { key, value: value ?? '', effect: effect ?? '' };
}

/** After Taint.ToString. */
export function taintText({ key, value, effect }: TaintSpec): string {
  const pair = value ? `${key}=${value}` : key;
  return effect ? `${pair}:${effect}` : pair;
}
