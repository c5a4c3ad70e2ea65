export { checkRules, type RuleOutcome } from './cel';
export { schemaErrors } from './check';
export { coerce, MetadataError } from './coerce';
export { resourceType } from './field-type';
export { applyDefaults } from './defaults';
export { repeatedItems } from './lists';
export type { Schema, ValidationRule } from './schema';
export { memberOf, propertyOf, someSchema, valuesOf } from './schema';
export { validateValue } from './validate';
