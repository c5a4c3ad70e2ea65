import { outcomeOf } from '../../../src/cli/errors';
import type { GlobalFlags } from '../../../src/cli/flags/global';
import type { FlagTable, Input } from '../../../src/cli/flags/spec';
import type { Session } from '../../../src/cli/session';
import type { ApiRequest } from '../../../src/client/http/transport';
import { inputOf, testSession, type TestOptions } from '../session';

export interface VerbRun {
  out: string;
  err: string;
  code: number;
  requests: string[];
  sent: readonly ApiRequest[];
}

/** One command line through a verb: what it wrote, how it ended, what it asked the server. */
export async function runVerb<T extends FlagTable>(
  verb: (session: Session, input: Input<T & GlobalFlags>) => Promise<void>, table: T, argv: string | string[], options: TestOptions = {},
): Promise<VerbRun> {
  const session = testSession(options);
  const words = typeof argv === 'string' ? argv.split(' ').filter(Boolean) : argv;
  const outcome = await verb(session, inputOf(words, table)).then(() => ({ text: '', exitCode: 0 }), outcomeOf);
  return { out: session.stdout(), err: session.stderr() + outcome.text, code: outcome.exitCode, requests: session.requests, sent: session.sent };
}
