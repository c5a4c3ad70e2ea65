import type { PriorityLevelConfiguration, QueuingConfiguration } from '../../../api/generated/flowcontrol.v1';
import { validateConditions } from '../conditions';
import type { Strategy } from '../../kind';
import { validatePriorityLevel } from './validation';

const defaultShares = 30;
const defaultQueuing = { handSize: 8, queues: 64, queueLengthLimit: 50 } as const;

function setQueuingDefaults(queuing: QueuingConfiguration): void {
  queuing.handSize ||= defaultQueuing.handSize;
  queuing.queues ||= defaultQueuing.queues;
  queuing.queueLengthLimit ||= defaultQueuing.queueLengthLimit;
}

/** After pkg/registry/flowcontrol/prioritylevelconfiguration/strategy.go and pkg/apis/flowcontrol/v1/defaults.go. */
export const priorityLevelStrategy: Strategy<PriorityLevelConfiguration> = {
  setDefaults({ spec }) {
    const { limited, exempt } = spec ?? {};
    if (limited) {
      limited.nominalConcurrencyShares ??= defaultShares;
      limited.lendablePercent ??= 0;
      if (limited.limitResponse?.queuing) setQueuingDefaults(limited.limitResponse.queuing);
    }
    if (exempt) {
      exempt.nominalConcurrencyShares ??= 0;
      exempt.lendablePercent ??= 0;
    }
  },
  prepareForCreate(level) {
    level.status = {};
  },
  validate: (level) => [...validatePriorityLevel(level), ...validateConditions(level.status?.conditions)],
  validateStatusUpdate: ({ status }) => validateConditions(status?.conditions),
  resetFields: { status: [['metadata']] },
};
