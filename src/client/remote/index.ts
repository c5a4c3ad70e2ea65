export { remoteCommand, type RemoteOptions } from './remote-command';
export { openPortForward, type PortForward } from './port-forward';
export type { RemoteStreams } from './streams';
