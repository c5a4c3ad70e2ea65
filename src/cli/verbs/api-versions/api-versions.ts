import { groupVersion } from '../../../api/meta';
import { usageError } from '../../errors';
import { flagTable, type Input } from '../../flags/spec';
import type { Session } from '../../session';

export const apiVersionsFlags = flagTable({});

/** Every group and version, sorted, one a line. */
export async function apiVersions(session: Session, { args }: Input): Promise<void> {
  if (args.length) throw usageError('kubectl api-versions', `unexpected arguments: [${args.join(' ')}]`);
  const { groups } = await (await session.discovery()).refresh();
  const all = groups.flatMap(({ name, versions }) => versions.map((version) => groupVersion({ group: name, version })));
  session.streams.out.write(all.sort().map((each) => `${each}\n`).join(''));
}
