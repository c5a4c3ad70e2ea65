import type { Query } from '../../../client/http';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { LogsFlags } from './flags';

type LogsInput = Input<LogsFlags & GlobalFlags>;

const linesWithSelector = 10;

/** The flags as the query of pods/log, without the container. Throws for a time that is none. */
export function logQuery({ flags, changed }: LogsInput): Query {
  return {
    follow: flags.follow || undefined,
    previous: flags.previous || undefined,
    timestamps: flags.timestamps || undefined,
    limitBytes: flags['limit-bytes'] || undefined,
    sinceSeconds: flags.since ? Math.round(flags.since / 1000) : undefined,
    sinceTime: flags['since-time'] ? checkedTime(flags['since-time']) : undefined,
    tailLines: tailLines(flags, changed.has('tail')),
    insecureSkipTLSVerifyBackend: flags['insecure-skip-tls-verify-backend'] || undefined,
  };
}

function tailLines({ selector, tail }: LogsInput['flags'], given: boolean): number | undefined {
  if (selector && tail === -1 && !given) return linesWithSelector;
  return tail === -1 ? undefined : tail;
}

function checkedTime(text: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return text;
  throw new Error(`parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`);
}

/** Flags that contradict each other or have no meaning. */
export function logsProblem({ flags, args, changed }: LogsInput): string | undefined {
  const container = args[1] ?? flags.container;
  if (flags['since-time'] && flags.since) return 'at most one of `sinceTime` or `sinceSeconds` may be specified';
  if (flags['all-containers'] && container) return `--all-containers=true should not be specified with container name ${container}`;
  if (changed.has('container') && args.length === 2) return 'only one of -c or an inline [CONTAINER] arg is allowed';
  if (flags['limit-bytes'] < 0) return '--limit-bytes must be greater than 0';
  if (flags.since < 0) return '--since must be greater than 0';
  if (flags.tail < -1) return '--tail must be greater than or equal to -1';
  return undefined;
}
