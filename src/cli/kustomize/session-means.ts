import type { Session } from '../session';
import type { BuildMeans } from './build';
import { diskFiles } from './means/disk';
import { gitClone } from './means/git';

const padded = (value: number, width = 2) => String(value).padStart(width, '0');

/** A line of kubectl's log, where kustomize's remarks end up. */
function logLine(text: string, ms: number): string {
  const at = new Date(ms);
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => padded(part)).join(':');
  return `I${padded(at.getMonth() + 1)}${padded(at.getDate())} ${time}.${padded(at.getMilliseconds(), 3)}000 ${String(process.pid).padStart(7)} log.go:245] ${text}\n`;
}

/** What a build needs, from the process. */
export const sessionMeans = ({ cwd, env, streams, clock }: Session): BuildMeans => ({
  files: diskFiles(cwd),
  remote: { fetch: async (url) => (await import('./means/web')).fetchFile(url), clone: gitClone(env) },
  warn: (line) => void streams.err.write(`${line}\n`),
  log: (line) => void streams.err.write(logLine(line, clock.now())),
});
