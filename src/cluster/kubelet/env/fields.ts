import type { Container, ObjectFieldSelector, Pod, ResourceFieldSelector } from '../../../api/generated/core.v1';
import { parseQuantity, scaledValue, toMilli } from '../../../api/quantity';
import { quote } from '../../../api/go/quote';

/** What the downward API can tell that the pod object cannot. */
export interface PodPlace {
  podIP?: string;
  hostIP: string;
  /** Stands in for limits that are not set. */
  allocatable: Readonly<Record<string, string>>;
}

type FieldValue = (pod: Pod, place: PodPlace) => string;

const fields: Record<string, FieldValue> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
  'metadata.uid': ({ metadata }) => metadata.uid ?? '',
  'metadata.labels': ({ metadata }) => formatMap(metadata.labels),
  'metadata.annotations': ({ metadata }) => formatMap(metadata.annotations),
  'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
  'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
  'status.hostIP': (_, place) => place.hostIP,
  'status.hostIPs': (_, place) => place.hostIP,
  'status.podIP': (_, place) => place.podIP ?? '',
  'status.podIPs': (_, place) => place.podIP ?? '',
};

/** Throws for a path that the downward API does not know. After pkg/fieldpath. */
export function fieldValue({ fieldPath }: ObjectFieldSelector, pod: Pod, place: PodPlace): string {
  const subscripted = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(fieldPath);
  if (subscripted) {
    const [, path, key] = subscripted;
    return (path === 'metadata.labels' ? pod.metadata.labels : pod.metadata.annotations)?.[key!] ?? '';
  }
  const value = fields[fieldPath];
  if (!value) throw new Error(`unsupported fieldPath: ${fieldPath}`);
  return value(pod, place);
}

/** `key="value"` lines in the order of the keys. */
function formatMap(map: Record<string, string> | undefined): string {
  return Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${quote(value)}`).join('\n');
}

/** A request or limit in units of the divisor, rounded up. Throws for a resource that the downward API does not know. */
export function resourceValue({ resource, divisor }: ResourceFieldSelector, container: Container, place: PodPlace): string {
  const [list, name] = splitOnce(resource);
  if ((list !== 'limits' && list !== 'requests') || !/^(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(name)) {
    throw new Error(`unsupported container resource : ${resource}`);
  }
  const limit = container.resources?.limits?.[name] ?? (name.startsWith('hugepages-') ? undefined : place.allocatable[name]);
  const quantity = parseQuantity((list === 'limits' ? limit : (container.resources?.requests?.[name])) ?? '0');
  const unit = parseQuantity(divisor && divisor !== '0' ? divisor : '1');
  if (name === 'cpu') return String(Math.ceil(toMilli(quantity) / toMilli(unit)));
  const [value, step] = [scaledValue(quantity, 0), scaledValue(unit, 0)];
  return String((value + step - 1n) / step);
}

function splitOnce(text: string): [string, string] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}
