import { isLabelValue } from '../../../api/validation';
import { ErrorList } from '../../errors';
import type { Changes } from '../../metadata/pairs';

/** `KEY=VALUE` sets, `KEY-` removes. Throws kubectl's texts (parseLabels in label.go). */
export function parseLabels(pairs: readonly string[]): Changes {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const pair of pairs) {
    if (!pair.includes('=')) {
      remove.push(pair.slice(0, -1));
      continue;
    }
    const parts = pair.split('=');
    if (parts.length !== 2) throw new Error(`invalid label spec: ${pair}`);
    const [key, value] = parts as [string, string];
    const problems = isLabelValue(value);
    if (problems.length) throw new Error(`invalid label value: ${JSON.stringify(pair)}: ${problems.join(';')}`);
    set[key] = value;
  }
  if (remove.some((key) => Object.hasOwn(set, key))) throw new Error('can not both modify and remove a label in the same command');
  return { set, remove };
}

export function checkOverwrites({ set }: Changes, current: Readonly<Record<string, string>>): void {
  const errors = Object.keys(set)
    .filter((key) => Object.hasOwn(current, key) && current[key] !== set[key])
    .map((key) => new Error(`'${key}' already has a value (${current[key]}), and --overwrite is false`));
  if (errors.length === 1) throw errors[0];
  if (errors.length) throw new ErrorList(errors);
}

/** What the change is called: judged by the length of the object, as in kubectl. */
export function changeWord(before: string, after: string, overwrite: boolean): string {
  if (before === after) return 'not labeled';
  return !overwrite && Buffer.byteLength(after) < Buffer.byteLength(before) ? 'unlabeled' : 'labeled';
}
