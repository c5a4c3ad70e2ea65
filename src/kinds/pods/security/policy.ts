import type { FieldError } from '../../../api/errors';
import { invalidValue } from '../../../api/validation';

/** From the loosest to the strictest. */
const levels = ['privileged', 'baseline', 'restricted'] as const;
export type Level = (typeof levels)[number];

/** The rules of one minor version of Kubernetes, or the newest ones there are. */
export type Version = number | 'latest';

export interface Standard {
  readonly level: Level;
  readonly version: Version;
}

/** What a namespace asks of its pods. */
export interface Policy {
  readonly enforce: Standard;
  readonly audit: Standard;
  readonly warn: Standard;
}

type Mode = keyof Policy;

const labelPrefix = 'pod-security.kubernetes.io/';
const unrestricted: Standard = { level: 'privileged', version: 'latest' };

/** `baseline:v1.30` */
export const standardText = ({ level, version }: Standard): string => `${level}:${version === 'latest' ? version : `v1.${version}`}`;

/** Positive when the first is the stricter one. */
export const compareLevels = (a: Level, b: Level): number => levels.indexOf(a) - levels.indexOf(b);

export const isUnrestricted = ({ level }: Standard): boolean => level === 'privileged';
export const sameStandard = (a: Standard, b: Standard): boolean => a.level === b.level && a.version === b.version;

const isLevel = (text: string): text is Level => (levels as readonly string[]).includes(text);
const minorPattern = /^v1\.([0-9]|[1-9][0-9]*)$/;

function parseVersion(text: string): Version | undefined {
  const minor = minorPattern.exec(text)?.[1];
  return text === 'latest' ? text : minor === undefined ? undefined : Number(minor);
}

interface Parsed {
  readonly policy: Policy;
  /** What cannot be understood is enforced as strictly as can be, and neither audited nor warned of. */
  readonly errors: FieldError[];
}

/** The policy that the labels of a namespace ask for. After PolicyToEvaluate of k8s.io/pod-security-admission/api. */
export function parsePolicy(labels: Readonly<Record<string, string>> = {}): Parsed {
  const errors: FieldError[] = [];
  const read = (mode: Mode): Standard => {
    const [levelLabel, versionLabel] = [`${labelPrefix}${mode}`, `${labelPrefix}${mode}-version`];
    const [level, version] = [labels[levelLabel], labels[versionLabel]];
    const known = level === undefined ? unrestricted.level : isLevel(level) ? level : undefined;
    const parsed = version === undefined ? unrestricted.version : parseVersion(version);
    if (known === undefined) errors.push(invalidValue(`metadata.labels[${levelLabel}]`, level, `must be one of ${levels.join(', ')}`));
    if (parsed === undefined) errors.push(invalidValue(`metadata.labels[${versionLabel}]`, version, 'must be "latest" or "v1.x"'));
    return { level: known ?? (mode === 'enforce' ? 'restricted' : 'privileged'), version: parsed ?? 'latest' };
  };
  const policy: Policy = { enforce: read('enforce'), audit: read('audit'), warn: read('warn') };
  return { policy: { ...policy, warn: warned(policy, labels) }, errors };
}

/** Who enforces a level that is known and says nothing of warnings is warned of it, too: of the templates of pods. */
function warned({ enforce, warn }: Policy, labels: Readonly<Record<string, string>>): Standard {
  const asked = labels[`${labelPrefix}enforce`];
  if (labels[`${labelPrefix}warn`] !== undefined || asked === undefined || !isLevel(asked) || isUnrestricted(enforce)) return warn;
  return { level: enforce.level, version: labels[`${labelPrefix}warn-version`] === undefined ? enforce.version : warn.version };
}
