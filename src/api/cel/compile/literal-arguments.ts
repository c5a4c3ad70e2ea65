import { compileRegExp } from '../../go/regexp';
import type { Call, Expression } from '../syntax/ast';
import type { Issue } from '../syntax/issues';
import { parseDuration, parseTimestamp } from '../values/time';

const literalText = (expression: Expression | undefined): string | undefined =>
  (expression?.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined);

function isRegExp(text: string): boolean {
  try {
    compileRegExp(text);
    return true;
  } catch {
    return false;
  }
}

const checks: Readonly<Record<string, (text: string) => boolean>> = {
  matches: isRegExp, duration: (text) => parseDuration(text) !== undefined, timestamp: (text) => parseTimestamp(text) !== undefined,
};

/** Literals that could never be what the function makes of them. Source: cel-go's AST validators. */
export function literalProblem({ name, target, args }: Call): Issue | undefined {
  const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
  const last = args.at(-1);
  const text = literalText(last);
  if (!check || text === undefined || check(text)) return undefined;
  if (name !== 'matches' && (target || args.length !== 1)) return undefined;
  return { at: last!.at, message: `invalid ${name} argument` };
}
