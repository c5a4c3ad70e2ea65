import { parseArgv } from '../cli/argv/parse';
import { toInput } from '../cli/argv/normalise';
import { globalFlags } from '../cli/flags/global';
import { hintFor } from '../cli/hints';
import { createSession, type Environment } from '../cli/session';
import { tree } from './tree';

/** Longer than what is on disk takes, shorter than a person's patience. */
const waitMs = 500;

/** What helps with a message, as a line; '' when there is nothing to say or the look for it goes wrong. */
export async function hintLine(message: string, argv: readonly string[], environment: Environment): Promise<string> {
  try {
    const hint = await hintFor(message, sceneOf(argv, environment));
    return hint && `hint: ${hint}\n`;
  } catch {
    return '';
  }
}

function sceneOf(argv: readonly string[], environment: Environment): Parameters<typeof hintFor>[1] {
  const flags = async () => ({ ...globalFlags, ...await tree.table(tree.find(argv).path) });
  return {
    cwd: environment.cwd,
    files: filesIn(argv),
    commands: (path) => tree.words(path).map(({ name }) => name),
    flags,
    async served() {
      const table = await flags();
      const { flags: values, changed } = toInput(parseArgv(tree.find(argv).argv, table), globalFlags);
      const session = createSession({ ...environment, signal: AbortSignal.timeout(waitMs) }, values, changed);
      try {
        return await (await session.discovery()).snapshot();
      } finally {
        await session.close();
      }
    },
  };
}

/** The values of -f and --filename, as they were typed. */
function filesIn(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    if (word === '-f' || word === '--filename') return argv[index + 1]?.split(',') ?? [];
    return /^(?:-f=?|--filename=)(?<files>.+)/.exec(word)?.groups?.['files']?.split(',') ?? [];
  });
}
