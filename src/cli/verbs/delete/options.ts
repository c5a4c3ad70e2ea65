import type { DeleteOptions } from '../../../api/meta';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { DeleteFlags } from './flags';

export type DeleteInput = Input<DeleteFlags & GlobalFlags>;

const policies: Record<string, DeleteOptions['propagationPolicy']> = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan', true: 'Background', false: 'Orphan' };

/** Throws in cmdutil.GetCascadingStrategy's words. */
export function propagationPolicy(cascade: string): NonNullable<DeleteOptions['propagationPolicy']> {
  const policy = Object.hasOwn(policies, cascade) ? policies[cascade] : undefined;
  if (!policy) throw new Error(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  return policy;
}

/**
 * Seconds of grace, -1 for the object's own. Zero needs --force: it may leave the real thing running, so a plain
 * --grace-period=0 means 1. Throws for flags that contradict each other.
 */
export function gracePeriod({ 'grace-period': asked, now, force }: DeleteInput['flags']): number {
  if (now && asked !== -1) throw new Error('--now and --grace-period cannot be specified together');
  if (now) return 1;
  if (force) return asked < 0 ? 0 : asked;
  return asked === 0 ? 1 : asked;
}

const forceWarning = 'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.';

/** Checks the flags after the arguments were resolved, as kubectl does; returns a warning that goes to stderr. */
export function validate({ flags }: DeleteInput, grace: number): string | undefined {
  if (flags.output && flags.output !== 'name') throw new Error(`unexpected -o output mode: ${flags.output}. We only support '-o name'`);
  if (flags.all && flags.selector) throw new Error('cannot set --all and --selector at the same time');
  if (flags.all && flags['field-selector']) throw new Error('cannot set --all and --field-selector at the same time');
  if (grace > 0 && flags.force) throw new Error('--force and --grace-period greater than 0 cannot be specified together');
  return grace === 0 && flags.force ? forceWarning : undefined;
}

/** The flags that go with --raw. Throws for those that do not. */
export function validateRaw({ flags }: DeleteInput): void {
  if (flags.interactive) throw new Error('--interactive can not be used with --raw');
  if (flags.filename.length > 1) throw new Error('--raw can only use a single local file or stdin');
  if (/^https?:\/\//.test(flags.filename[0] ?? '')) throw new Error('--raw cannot read from a url');
  if (flags.recursive) throw new Error('--raw and --recursive are mutually exclusive');
  if (flags.output) throw new Error('--raw and --output are mutually exclusive');
}
