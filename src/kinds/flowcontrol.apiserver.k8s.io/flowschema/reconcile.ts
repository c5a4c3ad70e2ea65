import { timestamp } from '../../../api/clock';
import type { FlowSchema, FlowSchemaCondition, PriorityLevelConfiguration } from '../../../api/generated/flowcontrol.v1';
import { nothingToDo, updateStatus, type Plan } from '../../actions';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { flowSchemas, priorityLevelConfigurations } from '../../resources';

const levelOf = ({ spec }: FlowSchema) => spec?.priorityLevelConfiguration?.name ?? '';

/** Says whether the level that a schema leads to exists. After k8s.io/apiserver/pkg/util/flowcontrol/apf_controller.go. */
export const flowSchemaController = reconciler<FlowSchema>({
  name: 'flowschema-controller',
  resource: flowSchemas,
  watches: [watch<PriorityLevelConfiguration>({
    resource: priorityLevelConfigurations,
    keys: ({ metadata }, observed) => observed.list(flowSchemas).filter((schema) => levelOf(schema) === metadata.name).map((schema) => schema.metadata.name),
    concerns: () => false,
  })],
  reconcile: reconcileFlowSchema,
});

function reconcileFlowSchema(schema: FlowSchema, observed: Observed, { nowMs }: ReconcileContext): Plan {
  const level = levelOf(schema);
  const condition = danglingCondition(level, observed.get(priorityLevelConfigurations, level) !== undefined);
  const held = schema.status?.conditions ?? [];
  const old = held.find(({ type }) => type === condition.type);
  const known = old?.status === condition.status ? old : undefined;
  if (known?.message === condition.message) return nothingToDo;
  const lastTransitionTime = known?.lastTransitionTime ?? timestamp(nowMs);
  const conditions = [...held.filter(({ type }) => type !== condition.type), { ...condition, lastTransitionTime }];
  return { actions: [updateStatus(flowSchemas, { ...schema, status: { ...schema.status, conditions } })] };
}

function danglingCondition(level: string, exists: boolean): FlowSchemaCondition & { type: string } {
  const message = `This FlowSchema references the PriorityLevelConfiguration object named "${level}" ${exists ? 'and it exists' : 'but there is no such object'}`;
  return { type: 'Dangling', status: exists ? 'False' : 'True', reason: exists ? 'Found' : 'NotFound', message };
}
