import { qualifiedResource } from '../../../../api/errors';
import type { ResourceQuota } from '../../../../api/generated/core.v1';
import type { KubeObject } from '../../../../api/meta';
import { isScoped } from '../scopes';
import { count, type Usage } from '../usage';

export interface Counted {
  readonly group: string;
  readonly plural: string;
}

/** What quotas know of one resource. After k8s.io/apiserver/pkg/quota/v1.Evaluator. */
export interface Evaluator<T extends KubeObject = KubeObject> {
  readonly resource: Counted;
  /** The writes that are charged: `CREATE`, `UPDATE`, `UPDATE resize`. */
  readonly charged: readonly string[];
  /** Whether this amount of a quota is about the resource. */
  counts(name: string): boolean;
  /** Whether the scopes of a quota take the object in. */
  covers(quota: ResourceQuota, object: T): boolean;
  /** What the object takes, as itself and of everything else. */
  usage(object: T, nowMs: number): Usage;
  /** What an update has to change to matter; nothing does when absent. */
  shown?(object: T): unknown;
  /** What an object that a quota of these names counts has to say and does not, in words. */
  lacks?(names: readonly string[], object: T): string | undefined;
  /** When the object will take less by itself, in milliseconds since the epoch. */
  lapsesMs?(object: T): number | undefined;
}

/** Erases T, which evaluators of different resources in one table need. */
export const evaluator = <T extends KubeObject>(definition: Evaluator<T>): Evaluator => definition as unknown as Evaluator;

/** `count/deployments.apps` */
export const countName = (resource: Counted): string => `count/${qualifiedResource(resource)}`;

/** Scopes are about pods: a quota with scopes counts nothing else. */
export const coversAll = (quota: ResourceQuota): boolean => !isScoped(quota);

/** Objects that are only counted, under an alias, too, where they were before there was `count/`. */
export function objectCount(resource: Counted, alias?: string): Evaluator {
  const names = [countName(resource), ...(alias ? [alias] : [])];
  const one: Usage = new Map(names.map((name) => [name, count(1)]));
  return { resource, charged: ['CREATE'], counts: (name) => names.includes(name), covers: coversAll, usage: () => one };
}
