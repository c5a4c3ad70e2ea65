import type { Unstructured } from '../../../api/meta';
import { forEachInfo, visit } from '../../builder';
import { editObjects, userEditor } from '../../edit';
import { throwAll } from '../../errors';
import { programName } from '../../program';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import type { FieldValidation } from '../../validation-directive';
import type { CreateInput } from './flags';

/** `create --edit`: each object is edited on its own, and created as it is then. After visitToCreate in editoptions.go. */
export async function editAndCreate(session: Session, { flags }: CreateInput, validation: FieldValidation): Promise<void> {
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'created', dryRun: 'none' });
  const visited = await visit(session, { filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace() });
  throwAll(await forEachInfo(visited, (info) => editObjects(session, [info], {
    heading: 'object', open: userEditor(session, `${programName}-edit-`), output: flags.output, windowsLineEndings: flags['windows-line-endings'],
    validation, saveConfig: flags['save-config'],
    async act({ resource, object, namespace }) {
      const client = await session.client();
      const placed = namespace ? { ...object, metadata: { ...object.metadata, namespace } } : object;
      print(await client.create<Unstructured>(resource, placed, { fieldManager: 'kubectl-create', fieldValidation: validation }));
    },
  })));
}
