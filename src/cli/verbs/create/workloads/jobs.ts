import type { CronJob } from '../../../../api/generated/batch.v1';
import { parseGroupVersion } from '../../../../api/meta';
import { collect, visit } from '../../../builder';
import { throwAll } from '../../../errors';
import type { Session } from '../../../session';
import type { Generator, Made } from '../generator';
import { cronJobFlags, jobFlags } from './flags';

const batch = (kind: string, plural: string) => ({ resource: { group: 'batch', version: 'v1', plural, namespaced: true }, type: `io.k8s.api.batch.v1.${kind}` });

const podSpec = (name: string, image: string, command: readonly string[], restartPolicy: string) =>
  ({ containers: [{ name, image, ...(command.length && { command: [...command] }) }], restartPolicy });

/** After create_cronjob.go. */
export const cronJob: Generator<typeof cronJobFlags> = {
  path: 'create cronjob', flags: cronJobFlags, required: ['image', 'schedule'], ...batch('CronJob', 'cronjobs'), failure: 'failed to create cronjob:',
  make: ({ name, command, flags: { image, schedule, restart } }) => ({
    spec: { schedule, jobTemplate: { metadata: { name }, spec: { template: { spec: podSpec(name, image, command, restart || 'OnFailure') } } } },
  }),
};

/** After create_job.go. */
export const job: Generator<typeof jobFlags> = {
  path: 'create job', flags: jobFlags, ...batch('Job', 'jobs'), failure: 'failed to create job:',
  make: ({ name, command, flags: { image, from } }, session) => {
    if (!image === !from) throw new Error('either --image or --from must be specified');
    if (from && command.length) throw new Error('cannot specify --from and command');
    return image ? { spec: { template: { spec: podSpec(name, image, command, 'Never') } } } : jobOf(session, from);
  },
};

async function jobOf(session: Session, from: string): Promise<Made> {
  const { infos, errors } = await collect(await visit(session, { args: [from], namespace: await session.namespace(), latest: true }));
  throwAll(errors);
  if (infos.length !== 1) throw new Error('from must be an existing cronjob');
  const { object } = infos[0]!;
  const { kind, apiVersion } = object;
  if (kind !== 'CronJob') throw new Error(`unknown object type *${parseGroupVersion(apiVersion ?? '').version}.${kind}`);
  return instanceOf(object as unknown as CronJob);
}

/** A run by hand of what the cron job runs. */
export function instanceOf({ metadata: { name, uid }, spec: { jobTemplate } }: CronJob): Made {
  const { annotations, labels } = jobTemplate.metadata ?? {};
  return {
    metadata: {
      ...(labels && { labels }),
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: name!, uid: uid!, controller: true }],
    },
    spec: jobTemplate.spec,
  };
}
