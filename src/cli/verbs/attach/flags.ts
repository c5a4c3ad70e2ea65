import { flagTable } from '../../flags/spec';

export const attachFlags = flagTable({
  'container': { type: 'string', short: 'c', help: 'The container to attach to; the first one when absent.' },
  'pod-running-timeout': { type: 'duration', default: 60_000, help: 'How long to wait for a pod to run.' },
  'quiet': { type: 'bool', short: 'q', help: 'Print nothing but what the container prints.' },
  'stdin': { type: 'bool', short: 'i', help: 'Pass standard input to the container.' },
  'tty': { type: 'bool', short: 't', help: 'Standard input is a terminal.' },
});

export type AttachFlags = typeof attachFlags;
