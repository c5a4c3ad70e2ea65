import type { Deployment } from '../../../api/generated/apps.v1';
import type { Strategy } from '../../kind';

export const deploymentStrategy: Strategy<Deployment> = {};
