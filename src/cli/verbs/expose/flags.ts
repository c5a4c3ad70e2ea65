import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const exposeFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...dryRunFlags,
  ...fieldManagerFlags('kubectl-expose'),
  'cluster-ip': { type: 'string', help: 'The cluster IP of the service; None for a headless one.' },
  'external-ip': { type: 'string', help: 'A further address of the service, which is not managed by the cluster.' },
  'labels': { type: 'string', short: 'l', help: 'Labels of the service: a=b,c=d.' },
  'load-balancer-ip': { type: 'string', help: 'The address for a load balancer.' },
  'name': { type: 'string', help: 'The name of the service; the object\'s own when not given.' },
  'override-type': { type: 'string', default: 'merge', help: 'How --overrides changes the object: json, merge or strategic.' },
  'overrides': { type: 'string', help: 'JSON that changes the generated object.' },
  'port': { type: 'string', help: 'The port of the service; the object\'s own when not given.' },
  'protocol': { type: 'string', help: 'TCP, UDP or SCTP.' },
  'save-config': { type: 'bool', help: 'Keep the configuration in an annotation, for a later apply.' },
  'selector': { type: 'string', help: 'The selector of the service; the object\'s own when not given.' },
  'session-affinity': { type: 'string', help: 'None or ClientIP.' },
  'target-port': { type: 'string', help: 'Name or number of the container\'s port.' },
  'type': { type: 'string', help: 'ClusterIP, NodePort, LoadBalancer or ExternalName.' },
});

export type ExposeFlags = typeof exposeFlags;
