import { kubernetesVersion } from '../../../../api/version';
import type { Reply } from '../exchange';
import { jsonReply } from './json';

const serverVersion = {
  ...kubernetesVersion,
  emulationMajor: '1',
  emulationMinor: '33',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '32',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'node',
  platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
};

export const version = (): Reply => jsonReply(serverVersion);
