import type { LabelSelector, Unstructured } from '../../../api/meta';
import type { Info } from '../../builder';
import { groupKind } from '../rollout/workloads';

interface Port {
  containerPort?: number;
  port?: number;
  protocol?: string;
}

interface PodSpec {
  containers: { ports?: Port[] }[];
}

type Object = Unstructured & {
  spec?: { selector?: Record<string, string> & LabelSelector; ports?: Port[]; template?: { spec: PodSpec } } & Partial<PodSpec>;
};

/** `app=web,tier=front` */
export const labelText = (labels: Readonly<Record<string, string>>): string => Object.keys(labels).sort().map((key) => `${key}=${labels[key]}`).join(',');

/** How each kind names the pods that it stands for. Texts after polymorphichelpers/mapbasedselectorforobject.go. */
const selectors: Readonly<Record<string, (object: Object) => Record<string, string>>> = {
  'ReplicationController': ({ spec }) => spec?.selector ?? {},
  'Service': ({ spec }) => spec?.selector ?? refuse('the service has no pod selector set'),
  'Pod': ({ metadata: { labels } }) => (labels && Object.keys(labels).length ? labels : refuse('the pod has no labels and cannot be exposed')),
  'Deployment.apps': (object) => matchLabels(object, 'deployment'),
  'ReplicaSet.apps': (object) => matchLabels(object, 'replicaset'),
};

function matchLabels({ spec }: Object, kind: string): Record<string, string> {
  const { matchLabels: labels, matchExpressions: expressions } = spec?.selector ?? {} as LabelSelector;
  if (!labels || !Object.keys(labels).length) refuse(`invalid ${kind}: no selectors, therefore cannot be exposed`);
  if (expressions?.length) refuse(`couldn't convert expressions - "${JSON.stringify(expressions)}" to map-based selector format`);
  return labels!;
}

function refuse(text: string): never {
  throw new Error(text);
}

export function checkExposable(info: Info): void {
  if (!Object.hasOwn(selectors, groupKind(info))) throw new Error(`cannot expose a ${groupKind(info)}`);
}

/** The selector of the pods behind the object, as text. */
export function selectorOf(info: Info): string {
  try {
    return labelText(selectors[groupKind(info)]!(info.object as Object));
  } catch (error) {
    throw new Error(`couldn't retrieve selectors via --selector flag or introspection: ${(error as Error).message}`);
  }
}

/** The ports of the object, each once in their order, with all protocols that it has. */
export function portsOf({ object }: Info): Map<string, string[]> {
  const { spec } = object as Object;
  const pod = spec?.template?.spec ?? spec;
  const ports = object.kind === 'Service' ? spec?.ports ?? [] : (pod?.containers ?? []).flatMap((container) => container.ports ?? []);
  const protocols = new Map<string, string[]>();
  for (const { port, containerPort, protocol = 'TCP' } of ports) {
    const key = String(port ?? containerPort);
    protocols.set(key, [...(protocols.get(key) ?? []), protocol]);
  }
  return protocols;
}
