export { editObjects, requireOriginal, type EditOptions } from './edit';
export { userEditor } from './editor';
export { noteFailure } from './results';
