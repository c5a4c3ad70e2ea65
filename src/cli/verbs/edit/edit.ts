import { createMergePatch, twoWayStrategicPatch } from '../../../api/patch';
import { deepEqual } from '../../../api/equal';
import type { Unstructured } from '../../../api/meta';
import { collect, visit, type Info } from '../../builder';
import { editObjects, noteFailure, requireOriginal, userEditor } from '../../edit';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { goJson } from '../../print/go-json';
import { successPrinter } from '../../print/success';
import { programName } from '../../program';
import { strategicTypeOf } from '../../scheme';
import type { Session } from '../../session';
import { fieldValidation } from '../../validation-directive';
import type { EditFlags } from './flags';

type EditInput = Input<EditFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/edit. */
export async function edit(session: Session, { flags, args }: EditInput): Promise<void> {
  const validation = fieldValidation(flags.validate);
  const { infos, errors } = await collect(await visit(session, {
    args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(),
    emptySelectorMeansAll: true, latest: true, ...(flags.subresource && { subresource: flags.subresource }),
  }));
  throwAll(errors);
  if (!infos.length) throw new Error('edit cancelled, no objects found');
  const print = async (operation: string, object: Unstructured) =>
    (await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation, dryRun: 'none' }))(object);
  await editObjects(session, infos, {
    heading: 'object', open: userEditor(session, `${programName}-edit-`), output: flags.output, windowsLineEndings: flags['windows-line-endings'],
    validation, saveConfig: flags['save-config'],
    async act(edited, results) {
      const original = requireOriginal(edited, infos);
      if (deepEqual(original, edited.object)) return print('skipped', edited.object);
      const { type, patch } = patchBetween(original, edited);
      if (flags['output-patch']) session.streams.out.write(`Patch: ${goJson(patch)}\n`);
      try {
        const client = await session.client();
        const { resource, name, namespace } = edited;
        await print('edited', await client.patch<Unstructured>(resource, name, namespace, type, patch, {
          fieldManager: flags['field-manager'], fieldValidation: validation, ...(flags.subresource && { subresource: flags.subresource }),
        }));
      } catch (error) {
        if ((error as Error).name !== 'ApiError') throw error;
        session.streams.err.write(`${noteFailure(results, error, edited)}\n`);
      }
    },
  });
}

/** Throws when it would change what an object is. */
function patchBetween(original: Unstructured, { resource, object }: Info): { type: 'strategic' | 'merge'; patch: Record<string, unknown> } {
  const key = strategicTypeOf(resource);
  const patch = key ? twoWayStrategicPatch(original, object, key) : createMergePatch(original, object);
  const metadata = patch['metadata'] as Record<string, unknown> | undefined;
  if ('apiVersion' in patch || 'kind' in patch || (metadata && 'name' in metadata)) {
    throw new Error('At least one of apiVersion, kind and name was changed');
  }
  return { type: key ? 'strategic' : 'merge', patch };
}
