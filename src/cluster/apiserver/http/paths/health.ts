import type { Exchange, Reply } from '../exchange';
import { isTrue } from '../request-info';
import { textReply } from './json';

export interface HealthCheck {
  readonly name: string;
  /** Undefined when all is well, else why it is not. */
  check(): string | undefined;
}

/** Source of the form: k8s.io/apiserver/pkg/server/healthz. */
export function health(path: string, checks: readonly HealthCheck[]): (exchange: Exchange) => Reply {
  const name = path.slice(1);
  return ({ info: { query } }) => {
    const excluded = new Set(query.getAll('exclude'));
    const results = checks.map((check) => (excluded.has(check.name)
      ? { line: `[+]${check.name} excluded: ok`, failed: false } : outcome(check)));
    const failed = results.some((result) => result.failed);
    if (!failed && !isTrue(query.get('verbose'))) return textReply(200, 'ok');
    const lines = results.map(({ line }) => `${line}\n`).join('');
    return failed ? textReply(500, `${lines}${name} check failed\n`) : textReply(200, `${lines}${name} check passed\n`);
  };
}

function outcome({ name, check }: HealthCheck): { line: string; failed: boolean } {
  const why = check();
  return why === undefined ? { line: `[+]${name} ok`, failed: false } : { line: `[-]${name} failed: ${why}`, failed: true };
}
