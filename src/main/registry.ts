import type { CommandClass } from '../cli/command/verb-command';

export interface CommandEntry {
  /** Heading in the help of the program; commands without one are not listed. */
  section?: 'Cluster' | 'Basic' | 'Inspect' | 'Settings';
  summary: string;
  load: () => Promise<{ default: CommandClass }>;
}

/** Every command by its words. `load` keeps the others out of the process. */
export const registry: Readonly<Record<string, CommandEntry>> = {
  'start': { section: 'Cluster', summary: 'Bring up a cluster on this machine', load: () => import('../commands/start') },
  'stop': { section: 'Cluster', summary: 'Stop the cluster and its pods; nothing is lost', load: () => import('../commands/stop') },
  'status': { section: 'Cluster', summary: 'Tell whether the cluster runs, and where', load: () => import('../commands/status') },
  'destroy': { section: 'Cluster', summary: 'Remove the cluster: containers, networks, volumes, state and context', load: () => import('../commands/destroy') },
  'logs': { section: 'Inspect', summary: 'Print what a container wrote', load: () => import('../commands/logs') },
  'exec': { section: 'Inspect', summary: 'Run a command in a container', load: () => import('../commands/exec') },
  'get': { section: 'Basic', summary: 'Show resources', load: () => import('../commands/get') },
  'api-versions': { section: 'Inspect', summary: 'List the API groups and versions of the server', load: () => import('../commands/api-versions') },
};

/** Words that stand for others at the same place. */
export const aliases: Readonly<Record<string, string>> = {
};

/** Commands that only hold others. */
export const groups: Readonly<Record<string, string>> = {
};
