import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isReason } from '../../../api/errors';
import { deepEqual } from '../../../api/equal';
import { exactJson } from '../../../api/exact-json';
import { groupVersion, type Unstructured } from '../../../api/meta';
import type { PatchType } from '../../../client/client';
import { errnoText } from '../../../client/kubeconfig/errors';
import { forEachInfo, visit, type Info } from '../../builder';
import { recordAfterwards } from '../../change-cause';
import { dryRunStrategy } from '../../dry-run';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import type { PatchFlags } from './flags';
import { patchedLocally } from './local';

type PatchInput = Input<PatchFlags & GlobalFlags>;

const types: Readonly<Record<string, PatchType>> = { json: 'json', merge: 'merge', strategic: 'strategic' };
const mediaTypes: Readonly<Record<string, string>> = {
  json: 'application/json-patch+json', merge: 'application/merge-patch+json', strategic: 'application/strategic-merge-patch+json',
};

/** After k8s.io/kubectl/pkg/cmd/patch. */
export async function patch(session: Session, input: PatchInput): Promise<void> {
  const { flags, args } = input;
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const local = flags.local || dryRun === 'client';
  const type = validate(input, dryRun === 'server');
  const { body, text } = await readPatch(session, flags);
  const options = { dryRun: dryRun === 'server', fieldManager: flags['field-manager'], ...(flags.subresource && { subresource: flags.subresource }) };
  const onServer = async ({ resource, name, namespace }: Info) => {
    const client = await session.client();
    try {
      return await client.patch<Unstructured>(resource, name, namespace, type, text, options);
    } catch (error) {
      if (!isReason(error, 'UnsupportedMediaType')) throw error;
      throw new Error(`${mediaTypes[type]} is not supported by ${groupVersion(resource)}, Kind=${resource.kind}: ${(error as Error).message}`);
    }
  };
  let count = 0;
  throwAll(await forEachInfo(await visit(session, {
    args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(),
    ...(flags.local && { local: true }), ...(flags.subresource && { subresource: flags.subresource }),
  }), async (info) => {
    count++;
    const patched = local ? await patchedLocally(info.object, type, body) : await onServer(info);
    const operation = deepEqual(info.object, patched) ? 'patched (no change)' : 'patched';
    const recorded = local ? patched : await recordAfterwards(session, patched, async (cause) =>
      (await session.client()).patch(info.resource, info.name, info.namespace, 'merge', cause, options));
    // Without the words about a dry run, which kubectl forgets here.
    (await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation, dryRun: 'none' }))(recorded);
  }));
  if (!count) throw new Error('no objects passed to patch');
}

function validate({ flags, args }: PatchInput, onServer: boolean): PatchType {
  if (flags.patch && flags['patch-file']) throw new Error('cannot specify --patch and --patch-file together');
  if (!flags.patch && !flags['patch-file']) throw new Error('must specify --patch or --patch-file containing the contents of the patch');
  if (flags.local && args.length) throw new Error('cannot specify --local and server resources');
  if (flags.local && onServer) throw new Error('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  const type = types[flags.type.toLowerCase() || 'strategic'];
  if (!type) throw new Error(`--type must be one of [${Object.keys(types).join(' ')}], not ${JSON.stringify(flags.type)}`);
  return type;
}

/** The patch as it travels, and decoded. */
async function readPatch({ cwd }: Session, flags: PatchInput['flags']): Promise<{ text: string; body: unknown }> {
  const given = flags['patch-file'] ? readFile(flags['patch-file'], cwd) : flags.patch;
  const { readDocuments } = await import('../../../api/yaml');
  try {
    const [body = null] = [...readDocuments(given, { bigints: true })];
    return { body, text: exactJson(body) };
  } catch (error) {
    throw new Error(`unable to parse ${JSON.stringify(flags.patch)}: ${(error as Error).message.replace('error converting YAML to JSON: ', '')}`);
  }
}

function readFile(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new Error(`unable to read patch file: open ${file}: ${errnoText(error)}`);
  }
}
