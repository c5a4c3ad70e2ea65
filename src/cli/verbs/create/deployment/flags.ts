import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';

export const createDeploymentFlags = flagTable({
  ...createSharedFlags,
  'image': { type: 'strings', help: 'The image to run; one container for each that is given.' },
  'port': { type: 'int', default: -1, help: 'The port that the container listens on.' },
  'replicas': { type: 'int', short: 'r', default: 1, help: 'How many pods to run.' },
});
