export * from './field-selector';
export * from './label-selector';
export { parseLabelRequirements } from './parse-labels';
export type { Labels, Operator, Requirement } from './requirement';
