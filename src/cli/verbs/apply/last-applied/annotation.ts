import type { Unstructured } from '../../../../api/meta';
import { configurationOf, lastAppliedAnnotation } from '../../../last-applied';

/** The merge patch that notes an object, as it is, as what was applied last. After GetApplyPatch in editoptions.go. */
export const annotationPatch = (object: Unstructured): object =>
  ({ metadata: { annotations: { [lastAppliedAnnotation]: configurationOf(object, { whole: true }) } } });
