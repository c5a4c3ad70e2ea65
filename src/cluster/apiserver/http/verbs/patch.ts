import { decodeApply, decodePatch } from '../../../../api/decode';
import { invalid } from '../../../../api/errors';
import { forbiddenField, required } from '../../../../api/validation';
import { patchEntry, type Patch, type PatchType } from '../../registry';
import { readBody } from '../body';
import type { Exchange } from '../exchange';
import { unsupported } from '../media-type';
import { isTrue } from '../request-info';
import { writeContext } from '../write-context';
import { replyWith } from './reply';
import type { VerbHandler } from './verb';

const patchTypes: Record<string, PatchType> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

export const patch: VerbHandler = async (exchange, { registry, kind, namespace, name }) => {
  const context = writeContext(exchange, 'PatchOptions');
  const { entry, created } = await patchEntry(registry, kind, namespace, name!, await readPatch(exchange), { part: 'main' }, context);
  return replyWith(exchange, registry, kind, entry, created ? 201 : 200);
};

/** Throws BadRequest, UnsupportedMediaType, Invalid (options). */
export async function readPatch({ request, info: { query }, audit }: Exchange): Promise<Patch> {
  const type = patchTypes[String(request.headers['content-type'] ?? '').split(';')[0]!.trim()];
  if (!type) throw unsupported(Object.keys(patchTypes));
  assertOptions(type, query);
  const body = await readBody(request);
  const decoded = type === 'apply' ? decodeApply(body) : decodePatch(body, type);
  audit?.patched(decoded.patch);
  return { type, ...decoded, ...(isTrue(query.get('force')) && { force: true }) };
}

/** Source: ValidatePatchOptions. */
function assertOptions(type: PatchType, query: URLSearchParams): void {
  const errors = [
    ...(type !== 'apply' && query.has('force') ? [forbiddenField('force', 'may not be specified for non-apply patch')] : []),
    ...(type === 'apply' && !query.get('fieldManager') ? [required('fieldManager', 'is required for apply patch')] : []),
  ];
  if (errors.length) throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', errors);
}
