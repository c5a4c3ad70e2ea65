import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';

const tcpFlags = flagTable({
  ...createSharedFlags,
  'tcp': { type: 'list', help: 'A port, and the port of the pods behind it: PORT[:TARGETPORT].' },
});

export const loadBalancerFlags = tcpFlags;

export const clusterIPFlags = flagTable({
  ...tcpFlags,
  'clusterip': { type: 'string', help: 'The cluster IP; None for a headless service.' },
});

export const nodePortFlags = flagTable({
  ...tcpFlags,
  'node-port': { type: 'int', help: 'The port on every node.' },
});

export const externalNameFlags = flagTable({
  ...tcpFlags,
  'external-name': { type: 'string', help: 'The DNS name that the service stands for.' },
});
