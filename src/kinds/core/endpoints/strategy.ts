import type { Endpoints } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateEndpoints } from './validation';

export const endpointsStrategy: Strategy<Endpoints> = {
  setDefaults({ subsets }) {
    for (const port of subsets?.flatMap(({ ports }) => ports ?? []) ?? []) port.protocol ||= 'TCP';
  },
  validate: validateEndpoints,
  allowCreateOnUpdate: true,
};
