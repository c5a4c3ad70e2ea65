export { createRecorder, type RecordedEvent, type Recorder, type RecorderOptions } from './recorder';
