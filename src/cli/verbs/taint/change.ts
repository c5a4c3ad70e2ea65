import type { Taint } from '../../../api/generated/core.v1';
import { throwAll } from '../../errors';
import { taintText, type TaintChanges, type TaintSpec } from './parse';

export interface TaintedNode {
  readonly name: string;
  readonly taints: readonly Taint[];
}

/** `tainted`, `untainted` or `modified`, and the taints that the node has then. Throws what cannot be. After reorganizeTaints. */
export function changedTaints({ name, taints }: TaintedNode, { add, remove }: TaintChanges, overwrite: boolean): { operation: string; taints: Taint[] } {
  const existing = add.filter((taint) => taints.some((each) => isSame(taint, each))).map(({ key }) => key);
  if (existing.length && !overwrite) throw new Error(`node ${name} already has ${existing.join(',')} taint(s) with same effect(s) and --overwrite is false`);
  let now: Taint[] = [...add.map(toTaint), ...taints.filter((taint) => !add.some((each) => isSame(each, taint)))];
  const added = now.length !== taints.length;
  let deleted = false;
  const errors: Error[] = [];
  for (const taint of remove) {
    const left = now.filter((each) => !(taint.effect ? isSame(taint, each) : taint.key === each.key));
    deleted = left.length !== now.length;
    if (!deleted) errors.push(new Error(`taint ${JSON.stringify(taintText(taint))} not found`));
    now = left;
  }
  throwAll(errors);
  return { operation: overwrite || (added && deleted) ? 'modified' : added ? 'tainted' : 'untainted', taints: now };
}

const isSame = (a: Pick<TaintSpec, 'key' | 'effect'>, b: Pick<Taint, 'key' | 'effect'>) => a.key === b.key && a.effect === b.effect;

const toTaint = ({ key, value, effect }: TaintSpec): Taint => ({ key, ...(value && { value }), effect: effect as Taint['effect'] });

/** What the same command both adds and removes. */
export const contradictions = ({ add, remove }: TaintChanges): string[] =>
  add.flatMap((taint) => remove.filter(({ key, effect }) => key === taint.key && (!effect || effect === taint.effect)).map(({ key, effect }) => `${key}=${effect}`));
