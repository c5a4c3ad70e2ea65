/** What an argument of a command may be: names of a type, pods and what holds them, words of the kubeconfig and so on. */
export type Subject =
  | { of: 'types'; only?: readonly string[]; once?: boolean }
  | { of: 'names'; type: string }
  | { of: 'pods'; then?: 'containers' | 'ports' }
  | { of: 'contexts' | 'clusters' | 'users' | 'copies' | 'profiles' | 'resources' }
  | { of: 'words'; words: readonly string[] };

const anything: Subject = { of: 'types' };
const types = (...only: string[]): Subject => ({ of: 'types', only });
const scalable = types('deployment', 'replicaset', 'replicationcontroller', 'statefulset');
const rolling = types('deployment', 'daemonset', 'statefulset');
const nodes: Subject = { of: 'names', type: 'nodes' };
const pods: Subject = { of: 'pods' };
const profile: Subject = { of: 'profiles' };

const all = (subject: Subject, ...commands: string[]) => Object.fromEntries(commands.map((command) => [command, subject]));

/** By command. The types are those that kubectl offers, where it offers any. */
export const subjects: Readonly<Record<string, Subject>> = {
  ...all(anything, 'annotate', 'apply edit-last-applied', 'apply view-last-applied', 'debug', 'delete', 'describe', 'edit', 'get', 'label', 'patch'),
  ...all(pods, 'attach', 'exec'),
  ...all(nodes, 'cordon', 'drain', 'top node', 'uncordon', 'node delete', 'node start', 'node stop'),
  ...all({ of: 'contexts' }, 'config delete-context', 'config rename-context', 'config set-context', 'config use-context'),
  ...all(scalable, 'autoscale', 'scale'),
  ...all(profile, 'destroy', 'start', 'status', 'stop'),
  'config delete-cluster': { of: 'clusters' },
  'config delete-user': { of: 'users' },
  'completion': { of: 'words', words: ['bash', 'zsh', 'fish', 'powershell'] },
  'cp': { of: 'copies' },
  'create token': { of: 'names', type: 'serviceaccounts' },
  'explain': { of: 'resources' },
  'expose': types('pod', 'service', 'replicationcontroller', 'deployment', 'replicaset'),
  'logs': { of: 'pods', then: 'containers' },
  'port-forward': { of: 'pods', then: 'ports' },
  'rollout history': rolling,
  'rollout pause': types('deployment'),
  'rollout restart': rolling,
  'rollout resume': types('deployment'),
  'rollout status': { of: 'types', only: ['deployment', 'daemonset', 'statefulset'], once: true },
  'rollout undo': rolling,
  'set image': { of: 'types', only: ['daemonsets', 'deployments', 'pods', 'cronjobs', 'replicasets', 'replicationcontrollers', 'statefulsets'], once: true },
  'taint': types('node'),
  'top pod': { of: 'names', type: 'pods' },
};

export const holdersOfPods: readonly string[] = ['daemonsets', 'deployments', 'pods', 'jobs', 'replicasets', 'replicationcontrollers', 'services', 'statefulsets'];

/** What the value of a flag may be. `container` depends on the arguments. */
export const flagSubjects: Readonly<Record<string, Subject | { of: 'containers' } | { of: 'files'; extensions: readonly string[] } | { of: 'directories' }>> = {
  'namespace': { of: 'names', type: 'namespaces' },
  'context': { of: 'contexts' },
  'cluster': { of: 'clusters' },
  'user': { of: 'users' },
  'container': { of: 'containers' },
  'profile': profile,
  'filename': { of: 'files', extensions: ['json', 'yaml', 'yml'] },
  'kustomize': { of: 'directories' },
  'dry-run': { of: 'words', words: ['none', 'server', 'client'] },
  'cascade': { of: 'words', words: ['background', 'orphan', 'foreground'] },
  'validate': { of: 'words', words: ['strict', 'warn', 'ignore'] },
};

const templates = ['json', 'yaml', 'name', 'go-template', 'go-template-file', 'template', 'templatefile', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file'];

/** Of `-o`: what `get` knows besides. */
export const outputFormats = (command: string): readonly string[] =>
  command === 'get' ? [...templates, 'custom-columns', 'custom-columns-file', 'wide'] : command === 'version' ? ['json', 'yaml'] : command === 'api-resources' ? ['wide', 'name'] : templates;
