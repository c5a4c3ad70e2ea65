import { flagTable } from '../../flags/spec';

export const whyFlags = flagTable({
  'to-namespace': { type: 'string', help: 'Namespace of the pod or Service that is reached, where it is another one.' },
  'udp': { type: 'bool', help: 'Ask about datagrams instead of TCP.' },
});

export type WhyFlags = typeof whyFlags;
