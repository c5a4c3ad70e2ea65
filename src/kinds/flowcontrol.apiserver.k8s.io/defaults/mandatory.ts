import type { FlowSchema, PriorityLevelConfiguration } from '../../../api/generated/flowcontrol.v1';
import { everyone, everything, exemptLevel, flowSchemaOf, groups, limitedLevel } from './objects';

/** Those without which some request would have nowhere to go; nobody can change them. Source: k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap. */
export const mandatoryLevels: readonly PriorityLevelConfiguration[] = [
  limitedLevel('catch-all', 5, 0, { type: 'Reject' }),
  exemptLevel,
];

export const mandatorySchemas: readonly FlowSchema[] = [
  flowSchemaOf({ name: 'exempt', level: 'exempt', precedence: 1, rules: everything(groups('system:masters')) }),
  flowSchemaOf({ name: 'catch-all', level: 'catch-all', precedence: 10_000, by: 'ByUser', rules: everything(everyone) }),
];
