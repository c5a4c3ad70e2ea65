import type { Node } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateNode, validateNodeUpdate } from './validation';

/** After pkg/registry/core/node/strategy.go. A kubelet registers itself with its status. */
export const nodeStrategy: Strategy<Node> = {
  setDefaults({ status }) {
    if (status?.capacity && !status.allocatable) status.allocatable = { ...status.capacity };
  },
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  generationOf: () => undefined,
};
