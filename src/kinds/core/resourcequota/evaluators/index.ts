import { qualifiedResource } from '../../../../api/errors';
import { configMaps, replicationControllers, resourceQuotas, secrets } from '../../../resources';
import { claimEvaluator } from './claims';
import { evaluator, objectCount, type Counted, type Evaluator } from './evaluator';
import { podEvaluator } from './pods';
import { serviceEvaluator } from './services';

export type { Counted, Evaluator } from './evaluator';

/** Those that know more than `count/…`. Source: NewEvaluators of k8s.io/kubernetes/pkg/quota/v1/evaluator/core. */
const special: readonly Evaluator[] = [
  evaluator(podEvaluator), evaluator(serviceEvaluator), evaluator(claimEvaluator),
  ...[configMaps, replicationControllers, resourceQuotas, secrets].map((resource) => objectCount(resource, resource.plural)),
];

/** What comes and goes by itself. Source: DefaultIgnoredResources, of which the others are not stored. */
const ignored = ['events', 'events.events.k8s.io'];

const known = new Map(special.map((each) => [qualifiedResource(each.resource), each]));

/** Undefined for what quotas are never about. */
export function evaluatorOf(resource: Counted): Evaluator | undefined {
  const name = qualifiedResource(resource);
  if (ignored.includes(name)) return undefined;
  let found = known.get(name);
  if (!found) known.set(name, (found = objectCount({ group: resource.group, plural: resource.plural })));
  return found;
}

/** Of the amounts of a quota, each resource once. */
export function evaluatorsFor(names: readonly string[]): Evaluator[] {
  const counts = names.filter((name) => name.startsWith('count/')).map(countedBy);
  return [...new Set([...special.filter((each) => names.some((name) => each.counts(name))), ...counts.flatMap((resource) => evaluatorOf(resource) ?? [])])];
}

/** `count/deployments.apps` */
function countedBy(name: string): Counted {
  const [plural = '', ...group] = name.slice('count/'.length).split('.');
  return { group: group.join('.'), plural };
}
