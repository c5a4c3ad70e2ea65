import type { FieldValidation } from './validation-directive';

export const stopSentence = 'if you choose to ignore these errors, turn validation off with --validate=false';

export interface ManifestCheck {
  (object: unknown, source: string): void;
  readonly isOff: boolean;
}

/**
 * What kubectl itself checks of a manifest before the server checks the rest: it must say what it is. Throws kubectl's
 * text (getObjectKind in k8s.io/kubectl/pkg/validation).
 */
export function manifestCheck(directive: FieldValidation): ManifestCheck {
  const check = (object: unknown, source: string) => {
    if (directive === 'Ignore') return;
    const problem = checkObject(object);
    if (problem) throw new Error(`error validating ${JSON.stringify(source)}: error validating data: ${problem.message}; ${stopSentence}`);
  };
  return Object.assign(check, { isOff: directive === 'Ignore' });
}

/** The problem alone. */
export function checkObject(object: unknown): Error | undefined {
  const problems = problemsOf(object);
  if (!problems.length) return undefined;
  return new Error(problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`);
}

function problemsOf(object: unknown): string[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return ['invalid object to validate'];
  const { apiVersion, kind } = object as Record<string, unknown>;
  return [stringProblem('apiVersion', apiVersion) ?? versionProblem(apiVersion as string), stringProblem('kind', kind)].filter((problem) => problem !== undefined);
}

function stringProblem(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return `${name} not set`;
  return typeof value === 'string' ? undefined : `${name} isn't string type`;
}

const versionProblem = (apiVersion: string) => (apiVersion.split('/').length > 2 ? `unexpected GroupVersion string: ${apiVersion}` : undefined);
