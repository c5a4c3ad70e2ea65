import type { CSIStorageCapacity } from '../../../api/generated/storage.v1';
import { canonicalQuantity, parseQuantity } from '../../../api/quantity';
import {
  fieldIsImmutable, immutable, invalidEach, invalidValue, isDNS1123Subdomain, nameIsDNSSubdomain, nonNegative, semanticEqual, showLabelSelector,
  validateLabelSelector, validateObjectMeta,
} from '../../../api/validation';
import type { Strategy } from '../../kind';

/** After ValidateCSIStorageCapacity and pkg/registry/storage/csistoragecapacity/strategy.go. */
export const csiStorageCapacityStrategy: Strategy<CSIStorageCapacity> = {
  validate: ({ metadata, nodeTopology, storageClassName = '', capacity }) => [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validateLabelSelector(nodeTopology, 'nodeTopology'),
    ...invalidEach('storageClassName', storageClassName, isDNS1123Subdomain(storageClassName)),
    ...(capacity !== undefined && parseQuantity(capacity).unscaled < 0n ? [invalidValue('capacity', canonicalQuantity(capacity), nonNegative)] : []),
  ],
  validateUpdate: ({ nodeTopology, storageClassName }, old) => [
    ...(semanticEqual(nodeTopology, old.nodeTopology) ? [] : [invalidValue('nodeTopology', nodeTopology && showLabelSelector(nodeTopology), fieldIsImmutable)]),
    ...immutable('storageClassName', storageClassName, old.storageClassName),
  ],
  allowUnconditionalUpdate: false,
};
