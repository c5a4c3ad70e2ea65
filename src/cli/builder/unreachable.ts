import type { ConnectionError } from '../../client/http';
import { stopSentence, type ManifestCheck } from '../manifest-check';
import type { Session } from '../session';

/** How long discovery waits by itself. */
const discoveryTimeout = '32s';

/** Ends what is read from its file. */
class Unvalidated extends Error {
  override readonly name = 'Unvalidated';
}

export const isUnvalidated = (error: unknown): boolean => error instanceof Error && error.name === 'Unvalidated';

/**
 * No answer when the server was asked what it has, for the sake of an object in a file. With its validation kubectl
 * begins by reading the API's description, without it by its list of groups.
 */
export async function unreachable(session: Session, source: string, validate: ManifestCheck | undefined, { message, host }: ConnectionError): Promise<Error> {
  const { server } = await session.connection().catch(() => ({ server: `https://${host}` }));
  return validate && !validate.isOff
    ? new Unvalidated(`error validating ${JSON.stringify(source)}: error validating data: failed to download openapi: Get "${server}/openapi/v2?timeout=${discoveryTimeout}": ${message}; ${stopSentence}`)
    : new Error(`unable to recognize ${JSON.stringify(source)}: Get "${server}/api?timeout=${discoveryTimeout}": ${message}`);
}
