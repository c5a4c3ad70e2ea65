import { ExitError } from '../../errors';
import { runInForeground } from '../../programs/foreground';
import type { Session } from '../../session';

/** The command line that compares two folders. Of the words in KUBECTL_EXTERNAL_DIFF only those that are plain options count. */
export function diffCommand(env: Session['env'], from: string, to: string): string[] {
  const external = env['KUBECTL_EXTERNAL_DIFF'];
  if (!external) return ['diff', '-u', '-N', from, to];
  const [program, ...words] = external.split(' ');
  return [program!, from, to, ...words.filter((word) => /^[a-zA-Z0-9-=]+$/.test(word))];
}

/** Shows the differences. Ends with exit code 1 where there are some; what the program cannot do is an error. */
export async function runDiff(session: Session, from: string, to: string): Promise<void> {
  const [program, ...args] = diffCommand(session.env, from, to);
  const { exitCode, signal, notFound } = await runInForeground(session, program!, args, { stdin: 'ignore' });
  if (notFound) throw new Error(`failed to run ${JSON.stringify(program)}: executable file not found in $PATH`);
  // kubectl takes an end by a signal for a difference.
  if (exitCode === 1 || signal) throw new ExitError(1);
  if (exitCode !== 0) throw new Error(`failed to run ${JSON.stringify(program)}: exit status ${exitCode}`);
}
