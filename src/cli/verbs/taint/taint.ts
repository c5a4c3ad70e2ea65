import type { Node } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { forEachInfo, visit, type Info, type Visit } from '../../builder';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import { noResourceMatch, throwAll, usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import { fieldValidation, type FieldValidation } from '../../validation-directive';
import { changedTaints, contradictions } from './change';
import type { TaintFlags } from './flags';
import { parseTaints, splitTaintArgs, type TaintChanges } from './parse';

type TaintInput = Input<TaintFlags & GlobalFlags>;

interface TaintPlan {
  readonly changes: TaintChanges;
  readonly dryRun: DryRun;
  readonly validation: FieldValidation;
}

/** After k8s.io/kubectl/pkg/cmd/taint. */
export async function taint(session: Session, input: TaintInput): Promise<void> {
  const { flags, args } = input;
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const validation = fieldValidation(flags.validate);
  const { resources, taints } = splitTaintArgs(args);
  if (!resources.length) throw new Error('one or more resources must be specified as <resource> <name>');
  if (!taints.length) throw new Error('at least one taint update is required');
  const changes = parsed(taints);
  await check(session, input, resources, changes);
  throwAll(await forEachInfo(await nodesOf(session, flags, resources.slice(1)), (info) => taintOne(session, flags, info, { changes, dryRun, validation })));
}

function parsed(taints: readonly string[]): TaintChanges {
  try {
    return parseTaints(taints);
  } catch (error) {
    throw usageError('kubectl taint', (error as Error).message);
  }
}

async function check(session: Session, { flags }: TaintInput, [type, ...names]: readonly string[], changes: TaintChanges): Promise<void> {
  const wanted = type!.toLowerCase();
  const resource = await (await session.discovery()).resource(wanted);
  if (!resource) throw noResourceMatch(wanted);
  if (resource.kind !== 'Node') throw new Error(`invalid resource type ${wanted}, only node types are supported`);
  const conflicts = contradictions(changes);
  if (conflicts.length) throw new Error(`can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`);
  if (flags.all && flags.selector) throw new Error('setting \'all\' parameter with a non empty selector is prohibited');
  if (!flags.all && !flags.selector && !names.length) throw new Error('at least one resource name must be specified since \'all\' parameter is not set');
}

async function nodesOf(session: Session, { all, selector }: TaintInput['flags'], names: readonly string[]): Promise<Visit> {
  const namespace = await session.namespace();
  if (all || selector) return visit(session, { args: ['node'], all, selector, namespace });
  return visit(session, { args: names.map((name) => (name.includes('/') ? name : `node/${name}`)), namespace });
}

async function taintOne(session: Session, flags: TaintInput['flags'], { resource, name, object }: Info, { changes, dryRun, validation }: TaintPlan): Promise<void> {
  const before = await asTyped(object) as unknown as Node;
  const { operation, taints } = changedTaints({ name, taints: before.spec?.taints ?? [] }, changes, flags.overwrite);
  const { taints: _old, ...spec } = before.spec ?? {};
  const after = { ...before, spec: { ...spec, ...(taints.length && { taints }) } };
  // kubectl forgets to say here that it was a dry run.
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation, dryRun: 'none', keepOrder: dryRun !== 'client' });
  if (dryRun === 'client') return print(after as unknown as Unstructured);
  const { twoWayStrategicPatch } = await import('../../../api/patch');
  const patch = twoWayStrategicPatch(before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>, 'io.k8s.api.core.v1.Node');
  const client = await session.client();
  print(await asTyped(await client.patch<Unstructured>(resource, name, undefined, 'strategic', patch, {
    dryRun: dryRun === 'server', fieldManager: flags['field-manager'], fieldValidation: validation,
  })));
}
