import { flagTable } from '../../flags/spec';

export const portForwardFlags = flagTable({
  'address': { type: 'list', default: ['localhost'], help: 'Addresses to listen on: IP addresses or localhost, which is 127.0.0.1 and ::1.' },
  'pod-running-timeout': { type: 'duration', default: 60_000, help: 'How long to wait for a pod to run.' },
});

export type PortForwardFlags = typeof portForwardFlags;
