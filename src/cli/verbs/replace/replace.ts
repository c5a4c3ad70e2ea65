import { isReason } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { forEachInfo, visit, type Info } from '../../builder';
import { throwAll, withSource } from '../../errors';
import { withSavedConfig } from '../../last-applied';
import { manifestCheck } from '../../manifest-check';
import { successPrinter } from '../../print/success';
import { sendRaw } from '../../raw-request';
import type { Session } from '../../session';
import { replaceByForce } from './force';
import { replacePlan, type ReplaceInput, type ReplacePlan } from './options';

/** After k8s.io/kubectl/pkg/cmd/replace. */
export async function replace(session: Session, input: ReplaceInput): Promise<void> {
  const { flags } = input;
  const plan = replacePlan(session, input);
  const { dryRun, validation } = plan;
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'replaced', dryRun });
  if (flags.raw) return sendRaw(session, 'PUT', flags.raw, flags.filename[0]!);
  if (flags.force) return replaceByForce(session, input, plan, print);
  const visited = await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(), validate: manifestCheck(validation),
  });
  throwAll(await forEachInfo(visited, async (info) => {
    const object = withSavedConfig(info.object, flags['save-config']);
    print(dryRun === 'client' ? object : await replaceOne(session, flags, plan, { ...info, object }));
  }));
}

/** One without a version of its own takes the place of whatever is there. */
async function replaceOne(session: Session, flags: ReplaceInput['flags'], { dryRun, validation }: ReplacePlan, info: Info): Promise<Unstructured> {
  const { resource, object, source } = info;
  const subresource = flags.subresource ? { subresource: flags.subresource } : {};
  const client = await session.client();
  try {
    if (!info.name) throw new Error('resource name may not be empty');
    const version = object.metadata.resourceVersion || (await versionOf(session, info, subresource));
    const metadata = { ...object.metadata, ...(version && { resourceVersion: version }) };
    return await client.update<Unstructured>(resource, { ...object, metadata }, {
      dryRun: dryRun === 'server', fieldManager: flags['field-manager'], fieldValidation: validation, ...subresource,
    });
  } catch (error) {
    throw withSource('replacing', source, error);
  }
}

async function versionOf(session: Session, { resource, name, namespace }: Info, options: { subresource?: string }): Promise<string | undefined> {
  try {
    return (await (await session.client()).get<Unstructured>(resource, name, namespace, options)).metadata.resourceVersion;
  } catch (error) {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  }
}
