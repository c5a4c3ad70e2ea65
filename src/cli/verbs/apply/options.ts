import { dryRunStrategy, type DryRun } from '../../dry-run';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { fieldValidation, type FieldValidation } from '../../validation-directive';
import type { ApplyFlags } from './flags';

export type ApplyInput = Input<ApplyFlags & GlobalFlags>;

export interface ApplyPlan {
  dryRun: DryRun;
  validation: FieldValidation;
  manager: string;
  serverSide: boolean;
  force: boolean;
  overwrite: boolean;
}

const serverSideManager = 'kubectl';

/** Reads the flags. Throws for those that contradict each other, in kubectl's words and order. */
export function applyPlan({ streams }: Session, { flags, args, changed }: ApplyInput): ApplyPlan {
  if (args.length) throw new Error(`Unexpected args: [${args.join(' ')}]\nSee 'kubectl apply -h' for help and examples`);
  const dryRun = dryRunStrategy(flags['dry-run'], streams.err);
  const validation = fieldValidation(flags.validate);
  if (!flags.filename.length && !flags.kustomize) throw new Error('must specify one of -f and -k');
  const problem = contradiction(flags, dryRun);
  if (problem) throw new Error(problem);
  if (flags.prune) throw new Error('--prune is not supported by apply; delete what is gone from the files with `delete`');
  const serverSide = flags['server-side'];
  return {
    dryRun, validation, serverSide, force: flags.force, overwrite: flags.overwrite,
    manager: serverSide && !changed.has('field-manager') ? serverSideManager : flags['field-manager'],
  };
}

const pruneNeedsScope = 'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector';

function contradiction(flags: ApplyInput['flags'], dryRun: DryRun): string | undefined {
  const serverSide = flags['server-side'];
  if (flags['force-conflicts'] && !serverSide) return '--force-conflicts only works with --server-side';
  if (dryRun === 'client' && serverSide) return '--dry-run=client doesn\'t work with --server-side (did you mean --dry-run=server instead?)';
  if (serverSide && flags.force) return '--force cannot be used with --server-side';
  if (dryRun === 'server' && flags.force) return '--dry-run=server cannot be used with --force';
  if (flags.all && flags.selector) return 'cannot set --all and --selector at the same time';
  if (flags.subresource && !serverSide) return '--subresource can only be specified for server-side apply';
  if (flags.prune && !flags.all && !flags.selector) return pruneNeedsScope;
  return undefined;
}
