export * from './machine';
export { newNames } from './names';
