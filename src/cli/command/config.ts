import type { Command } from '@oclif/core/command';
import type { Environment } from '../session';

/** As much of oclif's Config as a single Command asks for; loading the real one costs more than the command. */
export function commandConfig(environment: Environment): Command['config'] {
  const config = {
    bin: 'knarr',
    environment,
    userAgent: 'knarr',
    runHook: async () => ({ failures: [], successes: [] }),
    scopedEnvVar: () => undefined,
    scopedEnvVarKey: (key: string) => `KNARR_${key}`,
    scopedEnvVarKeys: (key: string) => [`KNARR_${key}`],
    topicSeparator: ' ',
  };
  return config as unknown as Command['config'];
}
