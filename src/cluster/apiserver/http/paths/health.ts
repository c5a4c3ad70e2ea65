import { quote } from '../../../../api/go/quote';
import type { Exchange, Handler, Reply } from '../exchange';
import { textReply } from './json';

export interface HealthCheck {
  readonly name: string;
  /** Undefined when all is well, else why it is not. */
  check(): string | undefined;
}

/** A path for all the checks together and one below it for each. Source of the form: k8s.io/apiserver/pkg/server/healthz. */
export function healthPaths(path: '/healthz' | '/livez' | '/readyz', checks: readonly HealthCheck[]): Record<string, Handler> {
  return {
    [path]: all(path.slice(1), checks),
    ...Object.fromEntries(checks.map((check) => [`${path}/${check.name}`, () => one(check)])),
  };
}

function one({ check }: HealthCheck): Reply {
  const why = check();
  return why === undefined ? textReply(200, 'ok') : textReply(500, `internal server error: ${why}\n`);
}

/** Everybody may look: why a check fails is not told here. */
function all(name: string, checks: readonly HealthCheck[]): (exchange: Exchange) => Reply {
  return ({ info: { query } }) => {
    const excluded = new Set(query.getAll('exclude'));
    const results = checks.map((check) => (excluded.delete(check.name) ? { line: `[+]${check.name} excluded: ok`, failed: false } : outcome(check)));
    const failed = results.some((result) => result.failed);
    if (!failed && !query.has('verbose')) return textReply(200, 'ok');
    const unknown = excluded.size ? [`warn: some health checks cannot be excluded: no matches for ${[...excluded].sort().map(quote).join(', ')}`] : [];
    const lines = [...results.map(({ line }) => line), ...unknown].map((line) => `${line}\n`).join('');
    return failed ? textReply(500, `${lines}${name} check failed\n`) : textReply(200, `${lines}${name} check passed\n`);
  };
}

function outcome({ name, check }: HealthCheck): { line: string; failed: boolean } {
  return check() === undefined ? { line: `[+]${name} ok`, failed: false } : { line: `[-]${name} failed: reason withheld`, failed: true };
}
