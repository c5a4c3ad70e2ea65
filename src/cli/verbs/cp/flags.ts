import { flagTable } from '../../flags/spec';

export const cpFlags = flagTable({
  'container': { type: 'string', short: 'c', help: 'The container to copy to or from; the first one when absent.' },
  'no-preserve': { type: 'bool', help: 'Files in the container get the owner and the permissions of whoever writes them.' },
  'retries': { type: 'int', help: 'How often to resume a copy from a container that was cut off. Below 0: for ever.' },
});

export type CpFlags = typeof cpFlags;
