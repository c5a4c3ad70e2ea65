import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';

export const jobFlags = flagTable({
  ...createSharedFlags,
  'from': { type: 'string', help: 'Run what this cron job runs: cronjob/NAME.' },
  'image': { type: 'string', help: 'The image to run.' },
});

export const cronJobFlags = flagTable({
  ...createSharedFlags,
  'image': { type: 'string', help: 'The image to run.' },
  'restart': { type: 'string', help: 'What happens when a container fails: OnFailure (the default) or Never.' },
  'schedule': { type: 'string', help: 'When to run, in the form of cron: */5 * * * *.' },
});
