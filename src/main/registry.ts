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
  'apply': { section: 'Basic', summary: 'Create or change objects so that they are as a file says', load: () => import('../commands/apply') },
  'create': { section: 'Basic', summary: 'Create objects from files, or of a type', load: () => import('../commands/create') },
  'create namespace': { summary: 'Create a namespace', load: () => import('../commands/create/namespace') },
  'create serviceaccount': { summary: 'Create a service account', load: () => import('../commands/create/serviceaccount') },
  'create configmap': { summary: 'Create a configuration of files and values', load: () => import('../commands/create/configmap') },
  'create secret generic': { summary: 'Create a secret of files and values', load: () => import('../commands/create/secret/generic') },
  'create deployment': { summary: 'Create a deployment of an image', load: () => import('../commands/create/deployment') },
  'describe': { section: 'Inspect', summary: 'Tell about an object in detail, events included', load: () => import('../commands/describe') },
  'delete': { section: 'Basic', summary: 'Delete objects by name, label or file', load: () => import('../commands/delete') },
  'scale': { section: 'Basic', summary: 'Set the number of replicas of a workload', load: () => import('../commands/scale') },
  'logs': { section: 'Inspect', summary: 'Print what a container wrote', load: () => import('../commands/logs') },
  'run': { section: 'Basic', summary: 'Run an image in a pod', load: () => import('../commands/run') },
  'attach': { section: 'Inspect', summary: 'Attach to a container that runs', load: () => import('../commands/attach') },
  'exec': { section: 'Inspect', summary: 'Run a command in a container', load: () => import('../commands/exec') },
  'rollout status': { summary: 'Tell how far a rollout is', load: () => import('../commands/rollout/status') },
  'rollout history': { summary: 'List the revisions of a workload', load: () => import('../commands/rollout/history') },
  'rollout undo': { summary: 'Go back to an earlier revision', load: () => import('../commands/rollout/undo') },
  'rollout restart': { summary: 'Replace the pods of a workload one after the other', load: () => import('../commands/rollout/restart') },
  'rollout pause': { summary: 'Hold back changes of a deployment', load: () => import('../commands/rollout/pause') },
  'rollout resume': { summary: 'Roll out what was held back', load: () => import('../commands/rollout/resume') },
  'expose': { section: 'Basic', summary: 'Make a service of what a workload, pod or service offers', load: () => import('../commands/expose') },
  'patch': { section: 'Basic', summary: 'Change fields of objects by a patch', load: () => import('../commands/patch') },
  'set image': { summary: 'Set the images of containers', load: () => import('../commands/set/image') },
  'set env': { summary: 'Set environment variables of containers', load: () => import('../commands/set/env') },
  'set resources': { summary: 'Set requests and limits of containers', load: () => import('../commands/set/resources') },
  'set selector': { summary: 'Set the selector of a service', load: () => import('../commands/set/selector') },
  'set serviceaccount': { summary: 'Set the service account of pods', load: () => import('../commands/set/serviceaccount') },
  'set subject': { summary: 'Add users, groups and service accounts to a role binding', load: () => import('../commands/set/subject') },
  'cordon': { section: 'Basic', summary: 'Keep new pods off nodes', load: () => import('../commands/cordon') },
  'uncordon': { section: 'Basic', summary: 'Let new pods onto nodes again', load: () => import('../commands/uncordon') },
  'wait': { section: 'Basic', summary: 'Wait until objects are as they should be', load: () => import('../commands/wait') },
  'label': { section: 'Basic', summary: 'Change the labels of objects', load: () => import('../commands/label') },
  'edit': { section: 'Basic', summary: 'Edit objects of the server in your editor', load: () => import('../commands/edit') },
  'annotate': { section: 'Basic', summary: 'Change the annotations of objects', load: () => import('../commands/annotate') },
  'get': { section: 'Basic', summary: 'Show resources', load: () => import('../commands/get') },
  'api-versions': { section: 'Inspect', summary: 'List the API groups and versions of the server', load: () => import('../commands/api-versions') },
  'api-resources': { section: 'Inspect', summary: 'List the resources of the server', load: () => import('../commands/api-resources') },
  'cluster-info': { section: 'Inspect', summary: 'Tell where the cluster answers', load: () => import('../commands/cluster-info') },
  'explain': { section: 'Inspect', summary: 'Document a resource and its fields', load: () => import('../commands/explain') },
  'version': { section: 'Inspect', summary: 'Print the versions of client and server', load: () => import('../commands/version') },
  'config current-context': { summary: 'Print the name of the current context', load: () => import('../commands/config/current-context') },
  'config delete-cluster': { summary: 'Remove a cluster entry', load: () => import('../commands/config/delete-cluster') },
  'config delete-context': { summary: 'Remove a context', load: () => import('../commands/config/delete-context') },
  'config delete-user': { summary: 'Remove a user entry', load: () => import('../commands/config/delete-user') },
  'config get-clusters': { summary: 'List the clusters of the kubeconfig', load: () => import('../commands/config/get-clusters') },
  'config get-contexts': { summary: 'List contexts', load: () => import('../commands/config/get-contexts') },
  'config get-users': { summary: 'List the users of the kubeconfig', load: () => import('../commands/config/get-users') },
  'config rename-context': { summary: 'Give a context another name', load: () => import('../commands/config/rename-context') },
  'config set-cluster': { summary: 'Add or change a cluster entry', load: () => import('../commands/config/set-cluster') },
  'config set-context': { summary: 'Add or change a context', load: () => import('../commands/config/set-context') },
  'config set-credentials': { summary: 'Add or change a user entry', load: () => import('../commands/config/set-credentials') },
  'config use-context': { summary: 'Make a context the current one', load: () => import('../commands/config/use-context') },
  'config view': { summary: 'Show the kubeconfig, files merged', load: () => import('../commands/config/view') },
};

/** Words that stand for others at the same place. */
export const aliases: Readonly<Record<string, string>> = {
  'create deploy': 'create deployment',
  'create ns': 'create namespace',
  'create sa': 'create serviceaccount',
  'create cm': 'create configmap',
  'config use': 'config use-context',
  'set sa': 'set serviceaccount',
};

/** Commands that only hold others. */
export const groups: Readonly<Record<string, string>> = {
  'create secret': 'Create secrets',
  rollout: 'Follow, undo and hold back rollouts',
  set: 'Set single things in objects',
  config: 'Look at and change kubeconfig files',
};
