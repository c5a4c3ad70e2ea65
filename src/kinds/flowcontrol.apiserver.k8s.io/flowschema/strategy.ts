import type { FlowSchema } from '../../../api/generated/flowcontrol.v1';
import { validateConditions } from '../conditions';
import type { Strategy } from '../../kind';
import { validateFlowSchema } from './validation';

const defaultPrecedence = 1000;

/** After pkg/registry/flowcontrol/flowschema/strategy.go and SetDefaults_FlowSchemaSpec. */
export const flowSchemaStrategy: Strategy<FlowSchema> = {
  setDefaults({ spec }) {
    if (spec) spec.matchingPrecedence ||= defaultPrecedence;
  },
  prepareForCreate(schema) {
    schema.status = {};
  },
  validate: (schema) => [...validateFlowSchema(schema), ...validateConditions(schema.status?.conditions)],
  validateStatusUpdate: ({ status }) => validateConditions(status?.conditions),
  resetFields: { status: [['metadata']] },
};
