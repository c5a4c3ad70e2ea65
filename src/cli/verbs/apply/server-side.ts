import { isApiError, isReason } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import type { Info } from '../../builder';
import type { Session } from '../../session';
import { migrate } from './migrate';
import type { ApplyInput, ApplyPlan } from './options';

/** What to do about fields that others manage. After kubectl's text; the link is to the page that explains it. */
const conflictHelp = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** The server merges what the file says by field managers. */
export async function serverSideApply(session: Session, { flags }: ApplyInput, { dryRun, manager, validation }: ApplyPlan, info: Info): Promise<Unstructured> {
  const { resource, name, namespace, object } = info;
  const client = await session.client();
  const send = () => client.patch<Unstructured>(resource, name, namespace, 'apply', object, {
    dryRun: dryRun === 'server', fieldManager: manager, fieldValidation: validation, force: flags['force-conflicts'],
    ...(flags.subresource && { subresource: flags.subresource }),
  });
  const applied = await send().catch((error: unknown) => {
    if (isReason(error, 'Conflict')) throw new Error(`${(error as Error).message}\n${conflictHelp}`);
    if (isApiError(error) && error.code === 415) throw new Error(`Server-side apply not available on the server: (${error.message})`);
    throw error;
  });
  const warn = (text: string) => void session.streams.err.write(text);
  return migrate({ client, resource, name, namespace, manager, dryRun: dryRun === 'server', warn }, applied, send);
}
