export { decodedObject } from './decoded';
export { objectName, type Info, type ResourceRequest } from './info';
export { collect, forEachInfo, visit, type Visit } from './visit';
export { resolveArgs, type Target } from './from-args';
export { resourceFor, resourceOf } from './mapping';
export { infosOf } from './from-files';
