import { scripts } from '../../completion/scripts';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import { flagTable, type Input } from '../../flags/spec';
import { programName } from '../../program';
import type { Session } from '../../session';

export const completionFlags = flagTable({});

const usage = (message: string) => usageError(`${programName} completion`, message);

/** Prints a shell's script. After k8s.io/kubectl/pkg/cmd/completion. */
export async function completion({ streams }: Session, { args }: Input<GlobalFlags>): Promise<void> {
  const [shell] = args;
  if (shell === undefined) throw usage('Shell not specified.');
  if (args.length > 1) throw usage('Too many arguments. Expected only the shell type.');
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (!script) throw usage(`Unsupported shell type ${JSON.stringify(shell)}.`);
  streams.out.write(script.replaceAll('PROGRAM', 'knarr'));
}
