export { remoteCommand, type RemoteStreams } from './remote-command';
