import { isApiError } from '../../../../api/errors';
import { decodeObject } from '../../../../api/decode';
import type { AdmissionResponse, AdmissionReview } from '../../../../api/generated/admission.v1';
import { groupVersion, parseGroupVersion, type Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { AdmissionRequest } from '../../registry/registry';
import { optionsOf, requestAttributes } from '../matching/request-attributes';

const group = 'admission.k8s.io';
const versions = ['v1', 'v1beta1'] as const;
export type ReviewVersion = (typeof versions)[number];

/** The first version that a webhook takes and that is known here. */
export const reviewVersion = (accepted: readonly string[]): ReviewVersion | undefined =>
  accepted.map((name) => versions.find((version) => version === name)).find((version) => version !== undefined);

/** What a webhook is asked: the request as one about `kind`, with its objects in that form. */
export interface Question {
  readonly uid: string;
  readonly version: ReviewVersion;
  readonly request: AdmissionRequest;
  readonly kind: Kind;
  readonly object: Unstructured | undefined;
  readonly old: Unstructured | undefined;
}

/** An AdmissionReview. */
export function reviewOf({ uid, version, request, kind, object, old }: Question): object {
  return {
    kind: 'AdmissionReview', apiVersion: groupVersion({ group, version }),
    request: {
      uid, ...requestAttributes(request, kind),
      object: object ?? null, oldObject: old ?? null, dryRun: request.context.dryRun, options: optionsOf(request),
    },
  };
}

/** Throws an Error that says what is wrong with the answer. */
export function readResponse(body: Buffer, { uid, version }: Pick<Question, 'uid' | 'version'>, isMutating: boolean): AdmissionResponse {
  const review = decoded(body, version);
  const { response } = review;
  if (!response) throw new Error('webhook response was absent');
  if (version === 'v1beta1') return { ...response, ...(isMutating && response.patch && { patchType: 'JSONPatch' }) };
  if (response.uid !== uid) throw new Error(`expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(response.uid)}`);
  const expected = typeText(group, 'v1', 'AdmissionReview');
  const found = typeText(...gvkOf(review));
  if (found !== expected) throw new Error(`expected webhook response of ${expected}, got ${found}`);
  assertPatch(response, isMutating);
  return response;
}

function gvkOf({ apiVersion = '', kind = '' }: AdmissionReview): [string, string, string] {
  const parsed = parseGroupVersion(apiVersion);
  return [parsed.group, parsed.version, kind];
}

/** schema.GroupVersionKind.String */
const typeText = (of: string, version: string, kind: string) => `${of}/${version}, Kind=${kind}`;

/** Of an answer that is no AdmissionReview of the version. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

function decoded(body: Buffer, version: ReviewVersion): AdmissionReview {
  const review = parsed(body, version);
  const other = versions.find((one) => one !== version)!;
  if (review.apiVersion === groupVersion({ group, version: other })) {
    throw new UnreadableAnswer(`converting (${other}.AdmissionReview) to (${version}.AdmissionReview): unknown conversion`);
  }
  return review;
}

function parsed(body: Buffer, version: ReviewVersion): AdmissionReview {
  try {
    return decodeObject(body, 'json', `io.k8s.api.admission.${version}.AdmissionReview`).object as AdmissionReview;
  } catch (error) {
    if (!isApiError(error)) throw error;
    throw new UnreadableAnswer(error.message.replace(/^the object provided is unrecognized \([^)]*\): /, '').replace(/ \(.*\)$/s, ''));
  }
}

/** Source: VerifyAdmissionResponse. */
function assertPatch({ patch, patchType }: AdmissionResponse, isMutating: boolean): void {
  if (!isMutating) {
    if (patch) throw new Error('validating webhook may not return response.patch');
    if (patchType !== undefined) throw new Error('validating webhook may not return response.patchType');
    return;
  }
  if (patch && patchType === undefined) throw new Error('webhook returned response.patch but not response.patchType');
  if (!patch && patchType !== undefined) throw new Error('webhook returned response.patchType but not response.patch');
  if (patchType === '') throw new Error('webhook returned invalid response.patchType of ""');
}
