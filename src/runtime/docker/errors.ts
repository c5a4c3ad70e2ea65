import { RuntimeFailure, type RuntimeFailureCode } from '../port';

interface EngineError {
  statusCode?: number;
  code?: string;
  message: string;
  json?: { message?: string } | null;
}

const unreachable = new Set(['ENOENT', 'ECONNREFUSED', 'EACCES', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND']);

/** The engine's own words, without the HTTP around them. */
export function engineMessage(error: unknown): string {
  const { json, message } = error as EngineError;
  return (json?.message ?? message.replace(/^\(HTTP code \d+\) [^-]*- /, '')).trim();
}

export function failure(error: unknown, code: RuntimeFailureCode = 'Failed'): RuntimeFailure {
  if (error instanceof RuntimeFailure) return error;
  const { statusCode, code: errno } = error as EngineError;
  if (statusCode === undefined && errno && unreachable.has(errno)) return new RuntimeFailure('EngineUnavailable', `the Docker engine does not answer: ${engineMessage(error)}`);
  if (statusCode === 404) return new RuntimeFailure('NotFound', engineMessage(error));
  return new RuntimeFailure(code, engineMessage(error));
}

/** Every rejection of the engine as a RuntimeFailure. */
export async function asFailure<T>(run: () => Promise<T>, code?: RuntimeFailureCode): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw failure(error, code);
  }
}

/** For `catch`: swallows these answers, rethrows the rest. */
export function ignoring(...codes: number[]): (error: { statusCode?: number }) => undefined {
  return (error) => {
    if (error.statusCode !== undefined && codes.includes(error.statusCode)) return undefined;
    throw error;
  };
}
