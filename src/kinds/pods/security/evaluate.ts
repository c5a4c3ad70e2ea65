import type { PodSpec } from '../../../api/generated/core.v1';
import type { ObjectMeta } from '../../../api/meta';
import { baselineChecks } from './baseline';
import type { Check, Rule, Violation } from './check';
import type { Standard, Version } from './policy';
import { restrictedChecks } from './restricted';

const ruleAt = ({ versions }: Check, version: Version): Rule | undefined =>
  versions.filter(([since]) => version === 'latest' || since <= version).at(-1)?.[1];

/** The rules of a standard. The restricted one has those of the baseline, too, but for those that it replaces. */
function rulesOf({ level, version }: Standard): Rule[] {
  if (level === 'privileged') return [];
  const own = level === 'restricted' ? restrictedChecks.filter((check) => ruleAt(check, version)) : [];
  const kept = baselineChecks.filter(({ id }) => !own.some(({ overrides }) => overrides === id));
  return [...kept, ...own].flatMap((check) => ruleAt(check, version) ?? []);
}

/** What of a pod is against a standard. */
export const violations = (standard: Standard, metadata: Pick<ObjectMeta, 'annotations'>, spec: PodSpec): Violation[] =>
  rulesOf(standard).flatMap((rule) => rule(spec, metadata) ?? []);

/** `hostPort (container "a" uses hostPort 80), privileged (…)` */
export const violationDetails = (all: readonly Violation[]): string =>
  all.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');

export const violationReasons = (all: readonly Violation[]): string => all.map(({ reason }) => reason).join(', ');
