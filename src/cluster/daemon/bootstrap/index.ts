export { createFirstObjects, createGatewayClass, publishApiAddress } from './first';
export { ensureFlowControl } from './flow-control';
export { keepFirstObjects } from './keep';
export { ensureControllerPolicy } from './policy';
