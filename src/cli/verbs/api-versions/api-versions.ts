import { groupVersion } from '../../../api/meta';
import { isConnectionError } from '../../../client/http/connection-error';
import { usageError } from '../../errors';
import { flagTable, type Input } from '../../flags/spec';
import { programName } from '../../program';
import type { Session } from '../../session';

export const apiVersionsFlags = flagTable({});

/** Every group and version, sorted, one a line. */
export async function apiVersions(session: Session, { args }: Input): Promise<void> {
  if (args.length) throw usageError(`${programName} api-versions`, `unexpected arguments: [${args.join(' ')}]`);
  const { groups } = await (await session.discovery()).refresh().catch(async (error: Error) => {
    const reason = isConnectionError(error) ? `Get "${(await session.connection()).server}/api?timeout=32s": ${error.message}` : error.message;
    throw new Error(`couldn't get available api versions from server: ${reason}`);
  });
  const all = groups.flatMap(({ name, versions }) => versions.map((version) => groupVersion({ group: name, version })));
  session.streams.out.write(all.sort().map((each) => `${each}\n`).join(''));
}
