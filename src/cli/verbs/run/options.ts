import { dryRunStrategy, type DryRun } from '../../dry-run';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { propagationPolicy } from '../delete/options';
import type { RunFlags } from './flags';
import { isImageReference } from './image-reference';

export type RunInput = Input<RunFlags & GlobalFlags>;

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

export interface RunOptions {
  dryRun: DryRun;
  attach: boolean;
  restart: RestartPolicy;
  propagation: ReturnType<typeof propagationPolicy>;
}

const usage = (message: string) => usageError('kubectl run', message);
const restartPolicies = ['Always', 'OnFailure', 'Never'];
const pullPolicies = ['', 'Always', 'IfNotPresent', 'Never'];

/** What the flags mean. Throws the first thing wrong with them, in kubectl's order. */
export function runOptions({ streams }: Session, input: RunInput): RunOptions {
  const { flags, changed } = input;
  const dryRun = dryRunStrategy(flags['dry-run'], streams.err);
  const propagation = propagationPolicy(flags.cascade);
  const attach = changed.has('attach') ? flags.attach : flags.stdin;
  const problem = problems(input, attach, dryRun).find(([wrong]) => wrong);
  if (problem) throw problem[1]();
  const restart = (flags.restart || (flags.stdin ? 'OnFailure' : 'Always')) as RestartPolicy;
  return { dryRun, attach, restart, propagation };
}

type Problem = readonly [wrong: boolean, error: () => Error];

const problems = ({ flags, args }: RunInput, attach: boolean, dryRun: DryRun): Problem[] => [
  // Behind `--` the first argument is the name too.
  [!args.length, () => usage('NAME is required for run')],
  [flags['pod-running-timeout'] <= 0, () => usage('--pod-running-timeout must be higher than zero')],
  [!flags.image, () => new Error('--image is required')],
  [!isImageReference(flags.image), () => new Error(`Invalid image name ${JSON.stringify(flags.image)}: invalid reference format`)],
  [flags.tty && !flags.stdin, () => usage('-i/--stdin is required for containers with -t/--tty=true')],
  [flags.expose && !flags.port, () => usage('--port must be set when exposing a service')],
  [flags.restart !== '' && !restartPolicies.includes(flags.restart), () => usage(`invalid restart policy: ${flags.restart}`)],
  [flags.rm && !attach, () => usage('--rm should only be used for attached containers')],
  [attach && dryRun !== 'none', () => usage('--dry-run=[server|client] can\'t be used with attached containers options (--attach, --stdin, or --tty)')],
  [!pullPolicies.includes(flags['image-pull-policy']), () => usage(`invalid image pull policy: ${flags['image-pull-policy']}`)],
];
