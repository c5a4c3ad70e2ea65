export { createSession } from './create';
export type { Environment, Session } from './session';
export type { Output, Streams } from './streams';
