import type { CommandClass } from '../cli/command/verb-command';

/** Heading in the help of the program; what has none is not listed there. */
type Section = 'Cluster' | 'Basic' | 'Inspect' | 'Settings';

interface CommandEntry {
  section?: Section;
  summary: string;
  load: () => Promise<{ default: CommandClass }>;
}

/** Every command by its words. `load` keeps the others out of the process. */
export const registry: Readonly<Record<string, CommandEntry>> = {
  'start': { section: 'Cluster', summary: 'Bring up a cluster on this machine', load: () => import('../commands/start') },
  'stop': { section: 'Cluster', summary: 'Stop the cluster and its pods; nothing is lost', load: () => import('../commands/stop') },
  'status': { section: 'Cluster', summary: 'Tell whether the cluster runs, and where', load: () => import('../commands/status') },
  'destroy': { section: 'Cluster', summary: 'Remove the cluster: containers, networks, volumes, state and context', load: () => import('../commands/destroy') },
  'node list': { summary: 'Show the nodes that knarr runs', load: () => import('../commands/node/list') },
  'node add': { summary: 'Add nodes to the cluster', load: () => import('../commands/node/add') },
  'node stop': { summary: 'Switch nodes off, as if their plugs were pulled', load: () => import('../commands/node/stop') },
  'node start': { summary: 'Switch nodes on again', load: () => import('../commands/node/start') },
  'node delete': { summary: 'Take nodes out of the cluster, with the pods on them', load: () => import('../commands/node/delete') },
  'apply': { section: 'Basic', summary: 'Create or change objects so that they are as a file says', load: () => import('../commands/apply') },
  'apply view-last-applied': { summary: 'Show what was applied the last time', load: () => import('../commands/apply/view-last-applied') },
  'apply set-last-applied': { summary: 'Note a file as what was applied the last time', load: () => import('../commands/apply/set-last-applied') },
  'apply edit-last-applied': { summary: 'Edit what was applied the last time', load: () => import('../commands/apply/edit-last-applied') },
  'replace': { section: 'Basic', summary: 'Put the object of a file in the place of the old one', load: () => import('../commands/replace') },
  'create': { section: 'Basic', summary: 'Create objects from files, or of a type', load: () => import('../commands/create') },
  'create namespace': { summary: 'Create a namespace', load: () => import('../commands/create/namespace') },
  'create serviceaccount': { summary: 'Create a service account', load: () => import('../commands/create/serviceaccount') },
  'create configmap': { summary: 'Create a configuration of files and values', load: () => import('../commands/create/configmap') },
  'create secret generic': { summary: 'Create a secret of files and values', load: () => import('../commands/create/secret/generic') },
  'create deployment': { summary: 'Create a deployment of an image', load: () => import('../commands/create/deployment') },
  'create role': { summary: 'Create a role of one rule', load: () => import('../commands/create/role') },
  'create clusterrole': { summary: 'Create a role for the whole cluster', load: () => import('../commands/create/clusterrole') },
  'create rolebinding': { summary: 'Give a role to users, groups and service accounts', load: () => import('../commands/create/rolebinding') },
  'create clusterrolebinding': { summary: 'Give a cluster role to users, groups and service accounts', load: () => import('../commands/create/clusterrolebinding') },
  'create quota': { summary: 'Limit what a namespace may use', load: () => import('../commands/create/quota') },
  'create poddisruptionbudget': { summary: 'Say how many pods of an application must stay', load: () => import('../commands/create/poddisruptionbudget') },
  'create priorityclass': { summary: 'Create a priority class', load: () => import('../commands/create/priorityclass') },
  'create job': { summary: 'Create a job of an image, or run a cron job now', load: () => import('../commands/create/job') },
  'create cronjob': { summary: 'Create a job that runs at set times', load: () => import('../commands/create/cronjob') },
  'create ingress': { summary: 'Lead requests from outside to services', load: () => import('../commands/create/ingress') },
  'create service clusterip': { summary: 'Create a service inside the cluster', load: () => import('../commands/create/service/clusterip') },
  'create service nodeport': { summary: 'Create a service on a port of every node', load: () => import('../commands/create/service/nodeport') },
  'create service loadbalancer': { summary: 'Create a service behind a load balancer', load: () => import('../commands/create/service/loadbalancer') },
  'create service externalname': { summary: 'Create a service that stands for a DNS name', load: () => import('../commands/create/service/externalname') },
  'create secret tls': { summary: 'Create a secret of a certificate and its key', load: () => import('../commands/create/secret/tls') },
  'create secret docker-registry': { summary: 'Create a secret to fetch images with', load: () => import('../commands/create/secret/docker-registry') },
  'create token': { summary: 'Ask for a token of a service account', load: () => import('../commands/create/token') },
  'describe': { section: 'Inspect', summary: 'Tell about an object in detail, events included', load: () => import('../commands/describe') },
  'delete': { section: 'Basic', summary: 'Delete objects by name, label or file', load: () => import('../commands/delete') },
  'scale': { section: 'Basic', summary: 'Set the number of replicas of a workload', load: () => import('../commands/scale') },
  'autoscale': { section: 'Basic', summary: 'Let the number of replicas follow the load', load: () => import('../commands/autoscale') },
  'events': { section: 'Inspect', summary: 'List events', load: () => import('../commands/events') },
  'certificate approve': { summary: 'Approve requests for certificates', load: () => import('../commands/certificate/approve') },
  'certificate deny': { summary: 'Deny requests for certificates', load: () => import('../commands/certificate/deny') },
  'auth can-i': { summary: 'Tell whether you may do something', load: () => import('../commands/auth/can-i') },
  'auth whoami': { summary: 'Tell who the server takes you for', load: () => import('../commands/auth/whoami') },
  'auth reconcile': { summary: 'Make roles and bindings allow what a file says', load: () => import('../commands/auth/reconcile') },
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
  'drain': { section: 'Basic', summary: 'Take the pods off a node and keep new ones away', load: () => import('../commands/drain') },
  'taint': { section: 'Basic', summary: 'Change the taints of nodes', load: () => import('../commands/taint') },
  'wait': { section: 'Basic', summary: 'Wait until objects are as they should be', load: () => import('../commands/wait') },
  'label': { section: 'Basic', summary: 'Change the labels of objects', load: () => import('../commands/label') },
  'edit': { section: 'Basic', summary: 'Edit objects of the server in your editor', load: () => import('../commands/edit') },
  'diff': { section: 'Basic', summary: 'Show what apply would change', load: () => import('../commands/diff') },
  'cp': { section: 'Inspect', summary: 'Copy files and folders to and from containers', load: () => import('../commands/cp') },
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
  'config set': { summary: 'Set a single value', load: () => import('../commands/config/set') },
  'config set-cluster': { summary: 'Add or change a cluster entry', load: () => import('../commands/config/set-cluster') },
  'config set-context': { summary: 'Add or change a context', load: () => import('../commands/config/set-context') },
  'config set-credentials': { summary: 'Add or change a user entry', load: () => import('../commands/config/set-credentials') },
  'config unset': { summary: 'Remove a single value', load: () => import('../commands/config/unset') },
  'config use-context': { summary: 'Make a context the current one', load: () => import('../commands/config/use-context') },
  'config view': { summary: 'Show the kubeconfig, files merged', load: () => import('../commands/config/view') },
};

/** Words that stand for others at the same place. */
export const aliases: Readonly<Record<string, string>> = {
  'create deploy': 'create deployment',
  'create ns': 'create namespace',
  'create sa': 'create serviceaccount',
  'create cm': 'create configmap',
  'create cj': 'create cronjob',
  'create ing': 'create ingress',
  'create pdb': 'create poddisruptionbudget',
  'create pc': 'create priorityclass',
  'create resourcequota': 'create quota',
  'create svc': 'create service',
  'config use': 'config use-context',
  'set sa': 'set serviceaccount',
};

export interface CommandGroup {
  section?: Section;
  summary: string;
  /** Shows its help for whatever stands behind it, and that is no failure. */
  lenient?: boolean;
}

/** Commands that only hold others. */
export const groups: Readonly<Record<string, CommandGroup>> = {
  'auth': { section: 'Inspect', summary: 'Tell who may do what, and see to it' },
  'certificate': { section: 'Basic', summary: 'Approve and deny requests for certificates', lenient: true },
  'config': { section: 'Settings', summary: 'Look at and change kubeconfig files' },
  'create secret': { summary: 'Create secrets' },
  'create service': { summary: 'Create services' },
  'node': { section: 'Cluster', summary: 'List, add, stop and remove the nodes of the local cluster' },
  'rollout': { section: 'Basic', summary: 'Follow, undo and hold back rollouts' },
  'set': { section: 'Basic', summary: 'Set single things in objects' },
};
