/** `prefix: message`, the cause kept. */
export const wrapped = (error: unknown, prefix: string): Error => new Error(`${prefix}: ${(error as Error).message}`, { cause: error });

/** Runs an action; what it throws gets the prefix. */
export function withPrefix<T>(prefix: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw wrapped(error, prefix);
  }
}

/** The same for an action that takes its time. */
export async function withPrefixAsync<T>(prefix: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw wrapped(error, prefix);
  }
}

/** The first error with that name along the causes. */
export function causeNamed(error: unknown, name: string): Error | undefined {
  for (let at = error as Error | undefined; at instanceof Error; at = at.cause as Error | undefined) if (at.name === name) return at;
  return undefined;
}
