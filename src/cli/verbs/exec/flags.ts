import { flagTable } from '../../flags/spec';

export const execFlags = flagTable({
  'container': { type: 'string', short: 'c', help: 'The container to enter; the first one when absent.' },
  'filename': { type: 'strings', short: 'f', help: 'The file that names the pod or workload.' },
  'pod-running-timeout': { type: 'duration', default: 60_000, help: 'How long to wait for a pod to run.' },
  'quiet': { type: 'bool', short: 'q', help: 'Print nothing but what the command prints.' },
  'stdin': { type: 'bool', short: 'i', help: 'Pass standard input to the command.' },
  'tty': { type: 'bool', short: 't', help: 'Give the command a terminal.' },
});

export type ExecFlags = typeof execFlags;
