import { isReason } from '../../../api/errors';
import type { KubeList, Unstructured } from '../../../api/meta';
import { collect, visit, type Info } from '../../builder';
import { throwAll } from '../../errors';
import { listOf } from '../../print/objects';
import { objectPrinterFor } from './printer';
import type { Session } from '../../session';
import type { GetOptions } from './options';

/** Everything as objects: one alone as itself, several as a List. */
export async function getObjects(session: Session, options: GetOptions): Promise<void> {
  const ignoreMissing = options.input.flags['ignore-not-found'];
  const begun = await visit(session, options.request);
  const { infos, errors: found } = await collect(begun);
  const errors = found.filter((error) => !(ignoreMissing && isReason(error, 'NotFound')));
  if (begun.singleItemImplied) throwAll(errors);
  if (!infos.length && ignoreMissing) return throwAll(errors);

  const print = await objectPrinterFor(session, options);
  try {
    const sorted = options.sortBy && !begun.singleItemImplied ? (await import('./sort')).sortInfos(infos, options.sortBy) : infos;
    print(begun.singleItemImplied && sorted.length === 1 ? singleObject(sorted[0]!) : listOf(sorted.map(({ object }) => object)));
  } catch (error) {
    errors.push(error);
  }
  throwAll(errors);
}

function singleObject({ object }: Info): Unstructured {
  const { items } = object as Unstructured & Partial<KubeList<Unstructured>>;
  return Array.isArray(items) ? ({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: object.metadata.resourceVersion ?? '' }, items } as unknown as Unstructured) : object;
}
