import { ExitError } from '../errors';
import type { Environment } from '../session';
import { applyPreference, withoutKuberc } from './apply';
import { checkPreference, readPreference } from './preference';

/** The command line after the user's preferences: aliases, other defaults of flags. Rejects with exit code 1. */
export async function preferred(argv: readonly string[], environment: Environment): Promise<readonly string[]> {
  try {
    const { file, argv: rest } = withoutKuberc(argv);
    const preference = await readPreference(file, environment).catch((error: unknown) => {
      throw new Error(`kuberc error ${(error as Error).message}`);
    });
    if (!preference) return rest;
    checkPreference(preference);
    return await applyPreference(rest, preference, environment.program!, (text) => environment.streams.err.write(text));
  } catch (error) {
    throw new ExitError(1, `error occurred while applying preferences ${(error as Error).message}`);
  }
}
