import { flagTable } from '../../flags/spec';

export const logsFlags = flagTable({
  'all-containers': { type: 'bool', help: 'The logs of all containers of the pods.' },
  'all-pods': { type: 'bool', help: 'The logs of all pods, each line with its source before it.' },
  'container': { type: 'string', short: 'c', help: 'The container whose logs to print.' },
  'follow': { type: 'bool', short: 'f', help: 'Go on as the logs grow.' },
  'ignore-errors': { type: 'bool', help: 'Go on with the other logs when one cannot be read.' },
  'insecure-skip-tls-verify-backend': { type: 'bool', help: 'Do not check the identity of the kubelet.' },
  'limit-bytes': { type: 'int', help: 'Print at most so many bytes. 0: no limit.' },
  'max-log-requests': { type: 'int', default: 5, help: 'How many logs to follow at once.' },
  'pod-running-timeout': { type: 'duration', default: 20_000, help: 'How long to wait for a pod to run.' },
  'prefix': { type: 'bool', help: 'Begin each line with its pod and container.' },
  'previous': { type: 'bool', short: 'p', help: 'The logs of the container before its last restart.' },
  'selector': { type: 'string', short: 'l', help: 'The pods with these labels.' },
  'since': { type: 'duration', help: 'Only lines younger than this: 5s, 2m, 3h.' },
  'since-time': { type: 'string', help: 'Only lines after this time (RFC 3339).' },
  'tail': { type: 'int', default: -1, help: 'The last so many lines. -1: all, or 10 with a selector.' },
  'timestamps': { type: 'bool', help: 'Begin each line with its time.' },
});

export type LogsFlags = typeof logsFlags;
