export * from './paths';
export * from './settings';
export * from './pid';
export * from './events';
export * from './state-dir';
