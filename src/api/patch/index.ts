export { isPatchError, PatchError } from './errors';
export { jsonPatch } from './json-patch';
export { createMergePatch, mergePatch, threeWayMergePatch } from './merge-patch';
export { strategicMergePatch, threeWayStrategicPatch, twoWayStrategicPatch } from './strategic';
