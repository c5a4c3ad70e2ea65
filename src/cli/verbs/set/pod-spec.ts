import type { Container, PodSpec } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';

/** Where kinds keep the spec of their pods. */
const paths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(['ReplicationController', 'Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet', 'Job'].map((kind) => [kind, ['spec', 'template', 'spec']])),
};

/** The spec within the object, to be changed in place. Throws for kinds without pods. After polymorphichelpers/updatepodspec.go. */
export function podSpecOf(object: Unstructured): PodSpec {
  const path = paths[object.kind ?? ''];
  const version = (object.apiVersion ?? '').split('/').at(-1);
  if (!path) throw new Error(`the object is not a pod or does not have a pod template: *${version}.${object.kind}`);
  return path.reduce<unknown>((at, field) => (at as Record<string, unknown>)[field], object) as PodSpec;
}

/** The containers whose name matches, those of initialisation last. `*` stands for any text. */
export function selectContainers({ containers, initContainers = [] }: PodSpec, pattern: string): Container[] {
  const matches = new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
  return [...containers, ...initContainers].filter(({ name }) => matches.test(name));
}
