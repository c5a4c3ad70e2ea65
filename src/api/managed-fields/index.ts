export { applyConfiguration, type ApplyOptions } from './apply';
export { fieldsOf, type FieldSet } from './field-set';
export { sameButTimes } from './same';
export { parentManagers, scaleManagers } from './scale';
export { fieldScope, type Convert, type FieldScope } from './scope';
export { schemaType, deducedType } from './types';
export { managersAfterUpdate } from './update';
export { managerOfUserAgent } from './user-agent';
