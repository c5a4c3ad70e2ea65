import type { Status } from '../../../api/generated/meta.v1';
import { parseGroupVersion, type Unstructured } from '../../../api/meta';

const group = 'apiextensions.k8s.io';
const versions = ['v1', 'v1beta1'] as const;
export type ReviewVersion = (typeof versions)[number];

/** The first version that a webhook takes and that is known here. */
export const reviewVersion = (accepted: readonly string[] | undefined): ReviewVersion | undefined =>
  accepted?.map((name) => versions.find((version) => version === name)).find((version) => version !== undefined);

/** A ConversionReview that asks. */
export const reviewOf = (version: ReviewVersion, uid: string, desiredAPIVersion: string, objects: readonly Unstructured[]): object => ({
  kind: 'ConversionReview', apiVersion: `${group}/${version}`, request: { uid, desiredAPIVersion, objects }, response: null,
});

interface Review {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly response?: { readonly uid?: string; readonly convertedObjects?: readonly Unstructured[] | null; readonly result?: Partial<Status> } | null;
}

/** The objects in an answer. Throws an Error that says what is wrong with it. Source: getConvertedObjectsFromResponse. */
export function convertedObjects(body: Buffer, version: ReviewVersion, uid: string): readonly Unstructured[] {
  const { response, ...type } = JSON.parse(body.toString()) as Review;
  if (version === 'v1') assertType(type);
  if (!response) throw new Error('no response provided');
  if (version === 'v1' && response.uid !== uid) throw new Error(`expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(response.uid ?? '')}`);
  const { status = '', message } = response.result ?? {};
  if (status !== 'Success') throw new Error(message || `response.result.status was '${status}', not 'Success'`);
  return response.convertedObjects ?? [];
}

const typeText = (of: string, version: string, kind: string) => `${of}/${version}, Kind=${kind}`;

function assertType({ apiVersion = '', kind = '' }: Review): void {
  const gv = parseGroupVersion(apiVersion);
  const [expected, found] = [typeText(group, 'v1', 'ConversionReview'), typeText(gv.group, gv.version, kind)];
  if (found !== expected) throw new Error(`expected webhook response of ${expected}, got ${found}`);
}
