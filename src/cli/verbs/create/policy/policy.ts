import { parseQuantity } from '../../../../api/quantity';
import { parseToLabelSelector } from '../../../../api/selectors';
import type { Generator } from '../generator';
import { budgetFlags, priorityClassFlags, quotaFlags } from './flags';

/** After create_quota.go. */
export const quota: Generator<typeof quotaFlags> = {
  path: 'create quota', flags: quotaFlags,
  resource: { group: '', version: 'v1', plural: 'resourcequotas', namespaced: true }, type: 'io.k8s.api.core.v1.ResourceQuota',
  failure: 'failed to create quota:',
  make: ({ flags }) => {
    const hard = flags.hard && Object.fromEntries(flags.hard.split(',').map(limitOf));
    const scopes = flags.scopes ? flags.scopes.split(',') : [];
    if (scopes.includes('')) throw new Error('invalid resource quota scope ""');
    return { spec: { ...(hard && { hard }), ...(scopes.length && { scopes }) } };
  },
};

function limitOf(text: string): [string, string] {
  const [resource, quantity, ...more] = text.split('=');
  if (quantity === undefined || more.length) throw new Error(`Invalid argument syntax ${text}, expected <resource>=<value>`);
  parseQuantity(quantity);
  return [resource!, quantity];
}

/** After create_pdb.go. */
export const podDisruptionBudget: Generator<typeof budgetFlags> = {
  path: 'create poddisruptionbudget', flags: budgetFlags,
  resource: { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets', namespaced: true }, type: 'io.k8s.api.policy.v1.PodDisruptionBudget',
  failure: 'failed to create poddisruptionbudgets:',
  make: ({ flags }) => {
    const [min, max] = [flags['min-available'], flags['max-unavailable']];
    const problem = budgetProblem(flags.selector, min, max);
    if (problem) throw new Error(problem);
    const amount = min ? { minAvailable: intOrPercent(min) } : { maxUnavailable: intOrPercent(max) };
    return { spec: { ...amount, selector: parseToLabelSelector(flags.selector) } };
  },
};

function budgetProblem(selector: string, min: string, max: string): string | undefined {
  if (!selector) return 'a selector must be specified';
  if (!min && !max) return 'one of min-available or max-unavailable must be specified';
  if (min && max) return 'min-available and max-unavailable cannot be both specified';
  if (/^\d+%?$/.test(min || max)) return undefined;
  return `invalid format specified for ${min ? 'min-available' : 'max-unavailable'}`;
}

/** After intstr.Parse: what does not fit an int32 is text. */
const intOrPercent = (text: string): number | string => (text.endsWith('%') || Number(text) >= 2 ** 31 ? text : Number(text));

/** After create_priorityclass.go. */
export const priorityClass: Generator<typeof priorityClassFlags> = {
  path: 'create priorityclass', flags: priorityClassFlags,
  resource: { group: 'scheduling.k8s.io', version: 'v1', plural: 'priorityclasses', namespaced: false }, type: 'io.k8s.api.scheduling.v1.PriorityClass',
  failure: 'failed to create priorityclass:',
  make: ({ flags }) => ({
    value: flags.value, globalDefault: flags['global-default'], description: flags.description, preemptionPolicy: flags['preemption-policy'],
  }),
};
