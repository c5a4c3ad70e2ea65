import type { Unstructured } from '../../../api/meta';
import { schemaKeyOf } from '../../../api/schema/keys';
import { collect, decodedObject, visit, type Info } from '../../builder';
import { withChangeCause } from '../../change-cause';
import type { DryRun } from '../../dry-run';
import { throwAll } from '../../errors';
import type { FlagValues } from '../../flags/spec';
import type { ObjectPrinter } from '../../print/printer';
import { successPrinter } from '../../print/success';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import { nameWithKind } from '../delete/names';
import type { setServiceAccountFlags } from './flags';

type Flags = Omit<FlagValues<typeof setServiceAccountFlags>, 'record'> & { selector?: string };

export interface Setting {
  flags: Flags;
  dryRun: DryRun;
  print: ObjectPrinter;
  /** Before the server's error. */
  failure: string;
  /** What the updates found themselves. */
  errors?: Error[];
  /** Print and send what does not change the object, too. */
  always?: boolean;
}

/** Changes the object, which it may do in place. Throws where it has nothing of the kind; false: leave it as it is. */
export type Update = (object: Unstructured) => void | boolean | Promise<void | boolean>;

const localOnly = `error: you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

/** The printer of all `set` verbs: typed objects, fields in Go's order. */
export const settingPrinter = (session: Session, operation: string, flags: Flags, dryRun: DryRun): Promise<ObjectPrinter> =>
  successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation, dryRun, keepOrder: true });

/** The objects to set something in, decoded into their types. */
export async function settingTargets(session: Session, flags: Flags, args: readonly string[]): Promise<Info[]> {
  if (flags.local && args.length) throw new Error(localOnly);
  const { infos, errors } = await collect(await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(), typed: true,
    ...(flags.local ? { local: true } : { args, selector: flags.selector ?? '', emptySelectorMeansAll: flags.all, latest: true }),
  }));
  throwAll(errors);
  return Promise.all(infos.map(async (info) => ({ ...info, object: await decodedObject(info) })));
}

export async function applySetting(session: Session, infos: readonly Info[], setting: Setting, update: Update): Promise<void> {
  const errors: Error[] = [];
  for (const info of infos) {
    try {
      await setOne(session, info, setting, update);
    } catch (error) {
      errors.push(error as Error);
    }
  }
  throwAll([...(setting.errors ?? []), ...errors]);
}

async function setOne(session: Session, info: Info, { flags, dryRun, print, failure, always }: Setting, update: Update): Promise<void> {
  const { object: before, resource, name, namespace } = info;
  const changed = structuredClone(before);
  try {
    if (await update(changed) === false) return;
  } catch (error) {
    throw new Error(`error: ${flags.local ? localName(info) : nameWithKind(info)} ${(error as Error).message}\n`);
  }
  const after = withChangeCause(session, changed);
  const { twoWayStrategicPatch } = await import('../../../api/patch');
  const patch = twoWayStrategicPatch(before, after, schemaKeyOf(before.apiVersion ?? '', before.kind ?? '')!);
  if (!Object.keys(patch).length && !always) return;
  if (flags.local || dryRun === 'client') return print(await asTyped(after));
  const client = await session.client();
  try {
    const actual = await client.patch<Unstructured>(resource, name, namespace, 'strategic', patch, { dryRun: dryRun === 'server', fieldManager: flags['field-manager'] });
    print(await asTyped(actual));
  } catch (error) {
    throw new Error(`${failure} ${(error as Error).message}`);
  }
}

/** Without a server there is no resource to name. After resource.Info.ObjectName, line break included. */
const localName = ({ resource: { kind, group }, name }: Info) => (group ? `${kind.toLowerCase()}.${group}/${name}\n` : `${kind.toLowerCase()}/${name}`);
