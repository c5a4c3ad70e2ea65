export { applyConfiguration, type ApplyOptions } from './apply';
export { asServerSide, ownersOf } from './client-side';
export { fieldsOf, type FieldSet } from './field-set';
export { sameButTimes } from './same';
export { parentManagers, scaleManagers } from './scale';
export { fieldScope, type Convert, type FieldScope } from './scope';
export { schemaType, deducedType, type Type as FieldType } from './types';
export { managersAfterUpdate } from './update';
export { managerOfUserAgent } from './user-agent';
