export * from './path';
export * from './value';
export * from './errors';
export * from './wording';
export * from './names';
export * from './labels';
export * from './equal';
export * from './object-meta';
