import type { Filter } from '../plugins';
import { nodeAffinity, nodeName, nodeUnschedulable, taintToleration } from './node';
import { interPodAffinity } from './pod-affinity';
import { nodePorts, resourcesFit } from './resources';
import { topologySpread } from './topology-spread';
import { volumeBinding, volumeRestrictions } from './volumes';

/** In upstream's order: the first that rejects a node gives the reason. */
export const filters: readonly Filter[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  resourcesFit,
  volumeRestrictions,
  volumeBinding,
  topologySpread,
  interPodAffinity,
];
