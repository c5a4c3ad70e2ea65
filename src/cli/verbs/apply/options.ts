import { UsageError } from '../../argv/errors';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import type { DeleteOptions } from '../../../api/meta';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { fieldValidation, type FieldValidation } from '../../validation-directive';
import { propagationPolicy } from '../delete/options';
import type { ApplyFlags } from './flags';

export type ApplyInput = Input<ApplyFlags & GlobalFlags>;

export interface ApplyPlan {
  dryRun: DryRun;
  validation: FieldValidation;
  manager: string;
  serverSide: boolean;
  force: boolean;
  overwrite: boolean;
  /** How objects go that are replaced or not in the files any more. */
  removal: DeleteOptions;
  /** How long to wait for an object that is replaced; 0: as long as it takes. */
  removalTimeoutMs: number;
}

const serverSideManager = 'kubectl';

/** The environment variable that turns ApplySets on. */
const applySetGate = 'KUBECTL_APPLYSET';

/** Reads the flags. Throws for those that make no sense, in kubectl's words and order. */
export function applyPlan({ streams, env }: Session, { flags, args, changed }: ApplyInput): ApplyPlan {
  if (changed.has('applyset') && env[applySetGate]?.toLowerCase() !== 'true') throw new UsageError('error: unknown flag: --applyset\nSee \'kubectl apply --help\' for usage.');
  if (args.length) throw new Error(`Unexpected args: [${args.join(' ')}]\nSee 'kubectl apply -h' for help and examples`);
  const dryRun = dryRunStrategy(flags['dry-run'], streams.err);
  const removal = { ...(flags['grace-period'] >= 0 && { gracePeriodSeconds: flags['grace-period'] }), propagationPolicy: propagationPolicy(flags.cascade) };
  if (!flags.filename.length && !flags.kustomize) throw new Error('must specify one of -f and -k');
  const validation = fieldValidation(flags.validate);
  const serverSide = flags['server-side'];
  return {
    removal, removalTimeoutMs: flags.timeout, dryRun, validation, serverSide, force: flags.force, overwrite: flags.overwrite,
    manager: serverSide && !changed.has('field-manager') ? serverSideManager : flags['field-manager'],
  };
}

const pruneNeedsScope = 'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector';

/** The first two flags that do not go together. `before` has what else is wrong in between. After ApplyOptions.Validate. */
export async function checkContradictions(flags: ApplyInput['flags'], dryRun: DryRun, before: () => Promise<void>): Promise<void> {
  const problem = contradiction(flags, dryRun);
  if (problem) throw new Error(problem);
  if (flags.applyset && !flags.prune) throw new Error('--applyset requires --prune');
  await before();
  const contradicted = pruneContradiction(flags) ?? (flags.subresource && !flags['server-side'] ? '--subresource can only be specified for --server-side' : undefined);
  if (contradicted) throw new Error(contradicted);
}

function contradiction(flags: ApplyInput['flags'], dryRun: DryRun): string | undefined {
  const serverSide = flags['server-side'];
  if (flags['force-conflicts'] && !serverSide) return '--force-conflicts only works with --server-side';
  if (dryRun === 'client' && serverSide) return '--dry-run=client doesn\'t work with --server-side (did you mean --dry-run=server instead?)';
  if (serverSide && flags.force) return '--force cannot be used with --server-side';
  if (dryRun === 'server' && flags.force) return '--dry-run=server cannot be used with --force';
  if (flags.all && flags.selector) return 'cannot set --all and --selector at the same time';
  return undefined;
}

function pruneContradiction(flags: ApplyInput['flags']): string | undefined {
  if (!flags.prune) return undefined;
  if (flags.force) return '--force cannot be used with --prune';
  if (flags.applyset) {
    const other = (['all', 'selector', 'prune-allowlist'] as const).find((name) => (name === 'prune-allowlist' ? flags[name].length : flags[name]));
    return other && `--${other} is incompatible with --applyset`;
  }
  if (!flags.all && !flags.selector) return pruneNeedsScope;
  return flags['server-side'] ? '--prune is in alpha and doesn\'t currently work on objects created by server-side apply' : undefined;
}
