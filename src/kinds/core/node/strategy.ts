import type { Node } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const nodeStrategy: Strategy<Node> = {};
