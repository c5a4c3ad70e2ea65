import { requireFlags } from '../../argv/required';
import { collect, visit, type Info } from '../../builder';
import { recordAfterwards } from '../../change-cause';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import { inOneSentence, throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import type { ScaleFlags } from './flags';
import { setScale, waitForScale, type Precondition } from './scaler';

type ScaleInput = Input<ScaleFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/scale. */
export async function scale(session: Session, input: ScaleInput): Promise<void> {
  const { flags, args, changed } = input;
  requireFlags(changed, ['replicas']);
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'scaled', dryRun });
  if (flags.replicas < 0) throw new Error('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  if (flags['current-replicas'] < -1) throw new Error('The --current-replicas must specify an integer of -1 or greater');

  const { infos, errors } = await collect(await visit(session, {
    args, namespace: await session.namespace(), filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive,
    selector: flags.selector, all: flags.all, emptySelectorMeansAll: flags.all,
  }));
  if (flags['resource-version'] && infos.length > 1) throw new Error('cannot use --resource-version with multiple resources');
  if (!infos.length) throw new Error(`no objects passed to scale${errors.length ? ` ${inOneSentence(errors.map((error) => (error as Error).message))}` : ''}`);
  for (const info of infos) {
    await scaleOne(session, input, info, dryRun);
    print(info.object);
  }
  throwAll(errors);
}

async function scaleOne(session: Session, { flags }: ScaleInput, info: Info, dryRun: DryRun): Promise<void> {
  if (dryRun === 'client') return;
  await setScale(session, info, flags.replicas, preconditionOf(flags), dryRun === 'server');
  if (flags.timeout && dryRun === 'none') await waitForScale(session, info, flags.replicas, flags.timeout);
  await recordAfterwards(session, info.object, async (cause) => (await session.client()).patch(info.resource, info.name, info.namespace, 'merge', cause));
}

function preconditionOf(flags: ScaleInput['flags']): Precondition | undefined {
  const [replicas, resourceVersion] = [flags['current-replicas'], flags['resource-version']];
  return replicas === -1 && !resourceVersion ? undefined : { replicas, resourceVersion };
}
