import type { HorizontalPodAutoscalerBehavior } from '../../../api/generated/autoscaling.v2';

/** Where versions without fields of their own keep what they cannot show. */
export const metricsAnnotation = 'autoscaling.alpha.kubernetes.io/metrics';
export const statusesAnnotation = 'autoscaling.alpha.kubernetes.io/current-metrics';
export const conditionsAnnotation = 'autoscaling.alpha.kubernetes.io/conditions';
const behaviorAnnotation = 'autoscaling.alpha.kubernetes.io/behavior';
const kept = [metricsAnnotation, statusesAnnotation, conditionsAnnotation, behaviorAnnotation];

export type Annotations = Record<string, string>;

export const withoutKept = (annotations: Annotations | undefined): Annotations =>
  Object.fromEntries(Object.entries(annotations ?? {}).filter(([name]) => !kept.includes(name)));

/** As Go unmarshals it: what cannot be read is left out. */
export function parsed<T>(annotations: Annotations | undefined, name: string): T | undefined {
  try {
    const text = annotations?.[name];
    return text === undefined ? undefined : JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** The annotation with behavior has the names of Go's fields: upstream marshals a type without tags. */
function renamed(value: unknown, change: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [change(name), renamed(member, change)]));
}

const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

export const behaviorText = (behavior: HorizontalPodAutoscalerBehavior): Annotations => ({ [behaviorAnnotation]: JSON.stringify(renamed(behavior, upper)) });

export function behaviorOf(annotations: Annotations | undefined): HorizontalPodAutoscalerBehavior | undefined {
  const behavior = parsed<object>(annotations, behaviorAnnotation);
  return behavior && renamed(behavior, lower) as HorizontalPodAutoscalerBehavior;
}
