import type { ConfigMap } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateConfigMap, validateConfigMapUpdate } from './validation';

export const configMapStrategy: Strategy<ConfigMap> = {
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
};
