import { timestamp } from '../../../api/clock';
import type { CustomResourceDefinition, CustomResourceDefinitionCondition as Condition, CustomResourceDefinitionStatus as Status } from '../../../api/generated/apiextensions.v1';

export const isTrue = ({ status }: CustomResourceDefinition, type: string): boolean =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

type Told = Omit<Condition, 'lastTransitionTime'>;

/** The time changes only with the status. Source: SetCRDCondition. */
export function withCondition(status: Status | undefined, told: Told, nowMs: number): Status {
  const { conditions } = status ?? {};
  const old = conditions?.find(({ type }) => type === told.type);
  const lastTransitionTime = old && old.status === told.status ? old.lastTransitionTime : timestamp(nowMs);
  const condition = { lastTransitionTime, ...told } as Condition;
  const all = old ? conditions!.map((one) => (one === old ? condition : one)) : [...(conditions ?? []), condition];
  return { ...status, conditions: all } as Status;
}

export const terminating = (status: 'True' | 'False', reason: string, message: string): Told => ({ type: 'Terminating', status, reason, message });
