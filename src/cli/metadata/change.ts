import type { KubeList, Unstructured } from '../../api/meta';
import { forEachInfo, visit, type Info } from '../builder';
import { withChangeCause } from '../change-cause';
import type { DryRun } from '../dry-run';
import { throwAll } from '../errors';
import type { GlobalFlags } from '../flags/global';
import type { Input } from '../flags/spec';
import type { Session } from '../session';
import type { MetadataFlags } from './flags';
import type { Changes } from './pairs';

export type MetadataInput = Input<MetadataFlags & GlobalFlags>;

/** What tells label from annotate. */
export interface MetadataVerb {
  field: 'labels' | 'annotations';
  changes: Changes;
  resources: readonly string[];
  dryRun: DryRun;
  /** Throws where a value would be overwritten that must not be. */
  checkOverwrites: (current: Readonly<Record<string, string>>) => void;
  /** Before an object is changed on the server. */
  beforeWrite?: (current: Readonly<Record<string, string>>) => void;
  print: (change: MetadataChange) => Promise<void> | void;
}

export interface MetadataChange {
  before: Unstructured;
  /** As changed here. */
  after: Unstructured;
  /** The server's answer; the same as `after` where it was not asked. */
  result: Unstructured;
}

/** The flow of label and annotate behind their checks. After label.go and annotate.go. */
export async function changeMetadata(session: Session, { flags }: MetadataInput, verb: MetadataVerb): Promise<void> {
  const visited = await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(),
    ...(flags.local ? { local: true } : {
      args: verb.resources, selector: flags.selector, fieldSelector: flags['field-selector'], allNamespaces: flags['all-namespaces'],
      emptySelectorMeansAll: flags.all, latest: true,
    }),
  });
  const single = visited.singleItemImplied;
  if (!single && flags['resource-version']) throw new Error('--resource-version may only be used with a single resource');
  throwAll(await forEachInfo(visited, async (info) => {
    const change = await changeOne(session, flags, verb, info);
    if (flags.list) session.streams.out.write(listing(verb.field, info, change.result, single));
    else await verb.print(change);
  }));
}

async function changeOne(session: Session, flags: MetadataInput['flags'], verb: MetadataVerb, info: Info): Promise<MetadataChange> {
  const version = flags['resource-version'];
  const before = version ? withVersion(info.object, undefined) : info.object;
  const current = before.metadata[verb.field] ?? {};
  const onServer = !(flags.local || flags.list || verb.dryRun === 'client');
  if (onServer) verb.beforeWrite?.(current);
  if (!flags.overwrite) verb.checkOverwrites(current);
  const changed = { ...before, metadata: { ...before.metadata, [verb.field]: applied(current, verb.changes) } };
  const recorded = onServer ? withChangeCause(session, changed) : changed;
  const after = version ? withVersion(recorded, version) : recorded;
  if (!onServer) return { before, after, result: after };
  const { createMergePatch } = await import('../../api/patch');
  const client = await session.client();
  const patch = createMergePatch(before, after);
  const result = await client.patch<Unstructured>(info.resource, info.name, info.namespace, 'merge', patch, { dryRun: verb.dryRun === 'server', fieldManager: flags['field-manager'] });
  return { before, after, result };
}

function applied(current: Readonly<Record<string, string>>, { set, remove }: Changes): Record<string, string> {
  const result = { ...current, ...set };
  for (const key of remove) delete result[key];
  return result;
}

function withVersion(object: Unstructured, version: string | undefined): Unstructured {
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(version && { resourceVersion: version }) } };
}

function listing(field: MetadataVerb['field'], { resource, name }: Info, { metadata }: Unstructured | KubeList, single: boolean): string {
  const indent = single ? '' : ' ';
  const values = (metadata as Unstructured['metadata'])[field] ?? {};
  const lines = Object.keys(values).sort().map((key) => `${indent}${key}=${values[key]}\n`);
  return (single ? '' : `Listing ${field} for ${resource.kind}.${resource.group}/${name}:\n`) + lines.join('');
}
