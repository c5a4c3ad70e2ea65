import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';

export const quotaFlags = flagTable({
  ...createSharedFlags,
  'hard': { type: 'string', help: 'The limits: cpu=4,memory=8Gi,pods=10.' },
  'scopes': { type: 'string', help: 'Count only objects of all these scopes: BestEffort,NotTerminating.' },
});

export const budgetFlags = flagTable({
  ...createSharedFlags,
  'max-unavailable': { type: 'string', help: 'How many pods, or how much of them (20%), may be missing.' },
  'min-available': { type: 'string', help: 'How many pods, or how much of them (80%), must stay.' },
  'selector': { type: 'string', help: 'The labels of the pods: app=web.' },
});

export const priorityClassFlags = flagTable({
  ...createSharedFlags,
  'description': { type: 'string', help: 'When to use it.' },
  'global-default': { type: 'bool', help: 'Pods without a priority class have this one.' },
  'preemption-policy': { type: 'string', default: 'PreemptLowerPriority', help: 'PreemptLowerPriority or Never.' },
  'value': { type: 'int32', help: 'The priority; the higher one goes first.' },
});
