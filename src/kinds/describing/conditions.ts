import { dateText } from './time';
import type { Write } from './writer';

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** Of controllers: type, status and reason. */
export function describeConditions(write: Write, conditions: readonly Condition[] | undefined): void {
  if (!conditions?.length) return;
  write(0, 'Conditions:\n  Type\tStatus\tReason\n');
  write(1, '----\t------\t------\n');
  for (const { type, status, reason = '' } of conditions) write(1, `${type} \t${status}\t${reason}\n`);
}

/** Of nodes and claims: with two times, the first of which has a name and a field of its own, and a message. */
export function describeTimedConditions<T extends Condition>(
  write: Write, conditions: readonly T[] | undefined, time: { title: string; of(condition: T): string | undefined },
): void {
  if (!conditions?.length) return;
  write(0, 'Conditions:\n');
  write(1, `Type\tStatus\t${time.title}\tLastTransitionTime\tReason\tMessage\n`);
  write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
  for (const condition of conditions) {
    const { type, status, lastTransitionTime, reason = '', message = '' } = condition;
    write(1, `${type} \t${status} \t${dateText(time.of(condition))} \t${dateText(lastTransitionTime)} \t${reason} \t${message}\n`);
  }
}
