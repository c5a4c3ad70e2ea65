import type { Session } from '../session';
import type { BuildMeans } from './build';
import { diskFiles } from './means/disk';
import { gitClone } from './means/git';
import { fetchFile } from './means/web';

const two = (value: number) => String(value).padStart(2, '0');

/** The time as Go's log package writes it, in the zone of the machine. */
function logTime(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** What a build needs, from the process. */
export const sessionMeans = ({ cwd, env, streams, clock }: Session): BuildMeans => ({
  files: diskFiles(cwd),
  remote: { fetch: fetchFile, clone: gitClone(env) },
  warn: (line) => void streams.err.write(`${line}\n`),
  log: (line) => void streams.err.write(`${logTime(clock.now())} ${line}\n`),
});
