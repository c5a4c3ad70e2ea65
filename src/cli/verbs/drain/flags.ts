import { dryRunFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const drainFlags = flagTable({
  ...dryRunFlags,
  ...selectorFlags,
  'chunk-size': { type: 'int', default: 500, help: 'Read lists in pieces of this many. 0: at once.' },
  'delete-emptydir-data': { type: 'bool', help: 'Go on though pods have emptyDir volumes, whose data is lost.' },
  'disable-eviction': { type: 'bool', help: 'Delete the pods: disruption budgets are not asked.' },
  'force': { type: 'bool', help: 'Go on though there are pods without a controller, which nobody will replace.' },
  'grace-period': { type: 'int', default: -1, help: 'Seconds that each pod gets to end. Negative: its own.' },
  'ignore-daemonsets': { type: 'bool', help: 'Leave the pods of daemon sets where they are.' },
  'pod-selector': { type: 'string', help: 'Only pods with these labels.' },
  'skip-wait-for-delete-timeout': { type: 'int', help: 'Do not wait for pods that have been ending for more than this many seconds. 0: wait.' },
  'timeout': { type: 'duration', help: 'Give up after this time. 0: never.' },
});

export type DrainFlags = typeof drainFlags;
