import { dryRunStrategy, type DryRun } from '../../dry-run';
import { checkRaw } from '../../raw-request';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { fieldValidation, type FieldValidation } from '../../validation-directive';
import { propagationPolicy } from '../delete/options';
import type { RemovalPlan } from '../delete/remove';
import type { ReplaceFlags } from './flags';

export type ReplaceInput = Input<ReplaceFlags & GlobalFlags>;

export interface ReplacePlan {
  readonly dryRun: DryRun;
  readonly validation: FieldValidation;
  /** How the old objects go with --force. */
  readonly removal: RemovalPlan;
}

/** Reads the flags. Throws for those that contradict each other, in kubectl's words and order. */
export function replacePlan({ streams }: Session, { flags }: ReplaceInput): ReplacePlan {
  const validation = fieldValidation(flags.validate);
  const dryRun = dryRunStrategy(flags['dry-run'], streams.err);
  const policy = propagationPolicy(flags.cascade);
  if (!flags.filename.length && !flags.kustomize) throw new Error('must specify one of -f and -k');
  // Zero would leave the old object's remains to nobody: it counts as one second, and is waited for.
  const isAtOnce = flags['grace-period'] === 0;
  const grace = isAtOnce ? 1 : flags['grace-period'];
  if (grace >= 0 && !flags.force) throw new Error('--grace-period must have --force specified');
  if (flags.timeout && !flags.force) throw new Error('--timeout must have --force specified');
  if (flags.force && dryRun !== 'none') throw new Error('--dry-run can not be used when --force is set');
  if (flags.raw) checkRaw(flags);
  return {
    dryRun, validation,
    removal: {
      grace, policy, dryRun: 'none', ignoreNotFound: true, namesOnly: flags.output === 'name', warnAboutScope: false,
      wait: flags.wait || isAtOnce, timeoutMs: flags.timeout,
    },
  };
}
