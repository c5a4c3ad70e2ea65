import { deepEqual } from '../../../../api/equal';
import type { Unstructured } from '../../../../api/meta';
import { collect, infosOf, visit, type Info } from '../../../builder';
import { editObjects, requireOriginal, userEditor } from '../../../edit';
import { throwAll } from '../../../errors';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import { lastApplied } from '../../../last-applied';
import { successPrinter } from '../../../print/success';
import { programName } from '../../../program';
import type { Session } from '../../../session';
import { fieldValidation } from '../../../validation-directive';
import { annotationPatch } from './annotation';
import type { editLastAppliedFlags } from './flags';

/** After apply_edit_last_applied.go. */
export async function editLastApplied(session: Session, { flags, args }: Input<typeof editLastAppliedFlags & GlobalFlags>): Promise<void> {
  const { infos: found, errors } = await collect(await visit(session, {
    args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(),
    emptySelectorMeansAll: true, latest: true,
  }));
  const validation = fieldValidation(flags.validate);
  throwAll(errors);
  const infos = await appliedLast(session, found);
  if (!infos.length) {
    throw new Error('no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`');
  }
  const print = async (operation: string, object: Unstructured) =>
    (await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation, dryRun: 'none' }))(object);
  await editObjects(session, infos, {
    heading: 'last-applied', open: userEditor(session, `${programName}-edit-`), output: flags.output, windowsLineEndings: flags['windows-line-endings'],
    validation, saveConfig: false,
    async act({ object, resource, name, namespace, ...edited }) {
      const original = requireOriginal({ object, resource, name, namespace, ...edited }, infos);
      if (deepEqual(original, object)) return print('skipped', object);
      const client = await session.client();
      await client.patch<Unstructured>(resource, name, namespace, 'merge', annotationPatch(object), { fieldManager: flags['field-manager'] });
      await print('edited', object);
    },
  });
}

/** What was applied last of those that were. */
async function appliedLast(session: Session, found: readonly Info[]): Promise<Info[]> {
  const namespace = { ...(await session.namespace()), explicit: false };
  const infos: Info[] = [];
  for (const { object } of found) {
    const text = lastApplied(object);
    if (text !== undefined) infos.push((await infosOf(session, { namespace }, text, 'edited-file'))[0]!);
  }
  return infos;
}
