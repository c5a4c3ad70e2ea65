import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const runFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...dryRunFlags,
  ...fieldManagerFlags('kubectl-run'),
  'annotations': { type: 'strings', help: 'An annotation of the pod, KEY=VALUE; may be repeated.' },
  'attach': { type: 'bool', help: 'Wait until the pod runs, then attach to it. With -i this is the default.' },
  'command': { type: 'bool', help: 'What follows -- is the command, not its arguments.' },
  'env': { type: 'strings', help: 'A variable of the container, NAME=VALUE; may be repeated.' },
  'expose': { type: 'bool', help: 'Create a service for the pod too. Needs --port.' },
  'image': { type: 'string', help: 'The image of the container.' },
  'image-pull-policy': { type: 'string', help: 'Always, IfNotPresent or Never; the server decides when absent.' },
  'labels': { type: 'string', short: 'l', help: 'Labels of the pod: a=b,c=d. Without them run=NAME.' },
  'leave-stdin-open': { type: 'bool', help: 'Keep standard input open after the first one who attached has left.' },
  'override-type': { type: 'string', default: 'merge', help: 'How --overrides changes the object: json, merge or strategic.' },
  'overrides': { type: 'string', help: 'JSON that changes the generated object.' },
  'pod-running-timeout': { type: 'duration', default: 60_000, help: 'How long to wait for the pod to run.' },
  'port': { type: 'string', help: 'The port that the container listens on.' },
  'privileged': { type: 'bool', help: 'Run the container in privileged mode.' },
  'quiet': { type: 'bool', short: 'q', help: 'Print no messages of our own.' },
  'restart': { type: 'string', default: 'Always', help: 'Always, OnFailure or Never.' },
  'rm': { type: 'bool', help: 'Delete the pod when it has ended. Only when attached.' },
  'save-config': { type: 'bool', help: 'Keep the configuration in an annotation, for a later apply.' },
  'stdin': { type: 'bool', short: 'i', help: 'Keep standard input of the container open.' },
  'tty': { type: 'bool', short: 't', help: 'Give the container a terminal.' },
  // Of a deletion; all but --cascade have no effect here.
  ...filenameFlags,
  'cascade': { type: 'string', default: 'background', bare: 'background', help: 'With --rm: background, foreground or orphan.' },
  'force': { type: 'bool', help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
  'grace-period': { type: 'int', default: -1, help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
  'timeout': { type: 'duration', help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
  'wait': { type: 'bool', help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
});

export type RunFlags = typeof runFlags;
