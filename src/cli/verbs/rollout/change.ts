import { qualifiedResource } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { collect, type Info } from '../../builder';
import { ErrorList } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import type { RolloutChangeFlags } from './flags';
import { noResources, requireResource, visitWorkloads } from './workloads';

type ChangeInput = Input<RolloutChangeFlags & GlobalFlags>;

/** A change of a workload as a strategic patch. Throws where it cannot be made, in the words behind the object's name. */
interface Change {
  operation: string;
  patchOf: (object: Unstructured, session: Session) => object;
}

type Workload = { spec?: { paused?: boolean; template?: { metadata?: { annotations?: Record<string, string> } } } };

const restartedAt = 'kubectl.kubernetes.io/restartedAt';
const restartable = new Set(['Deployment', 'DaemonSet', 'StatefulSet']);

const restart: Change = {
  operation: 'restarted',
  patchOf(object, { clock }) {
    const { spec } = object as Workload;
    if (!restartable.has(object.kind ?? '')) throw new Error('restarting is not supported');
    if (object.kind === 'Deployment' && spec?.paused) throw new Error('can\'t restart paused deployment (run rollout resume first)');
    const now = new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
    if (spec?.template?.metadata?.annotations?.[restartedAt] === now) return {};
    return { spec: { template: { metadata: { annotations: { [restartedAt]: now } } } } };
  },
};

const pause: Change = {
  operation: 'paused',
  patchOf(object) {
    if (object.kind !== 'Deployment') throw new Error('pausing is not supported');
    if ((object as Workload).spec?.paused) throw new Error('is already paused');
    return { spec: { paused: true } };
  },
};

const resume: Change = {
  operation: 'resumed',
  patchOf(object) {
    if (object.kind !== 'Deployment') throw new Error('resuming is not supported');
    if (!(object as Workload).spec?.paused) throw new Error('is not paused');
    return { spec: { paused: null } };
  },
};

/** The verb that makes a change. After rollout_restart.go, rollout_pause.go and rollout_resume.go. */
const verbOf = (change: Change) => async (session: Session, { flags, args }: ChangeInput): Promise<void> => {
  requireResource(flags, args);
  const { infos, errors } = await collect(await visitWorkloads(session, flags, args));
  if (!infos.length && !errors.length) return void session.streams.err.write(await noResources(session));
  const print = async (object: Unstructured) =>
    (await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: change.operation, dryRun: 'none', keepOrder: true }))(await asTyped(object));
  for (const info of infos) {
    try {
      await print(await changeOne(session, info, change, flags['field-manager']));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length) throw new ErrorList(errors);
};

async function changeOne(session: Session, info: Info, change: Change, fieldManager: string): Promise<Unstructured> {
  const { resource, name, namespace } = info;
  const patch = patchFor(session, info, change);
  if (!Object.keys(patch).length) {
    throw new Error(`failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`);
  }
  const client = await session.client();
  try {
    return await client.patch<Unstructured>(resource, name, namespace, 'strategic', patch, { fieldManager });
  } catch (error) {
    throw new Error(`failed to patch: ${(error as Error).message}`);
  }
}

function patchFor(session: Session, { resource, name, object }: Info, { patchOf }: Change): object {
  try {
    return patchOf(object, session);
  } catch (error) {
    throw new Error(`error: ${qualifiedResource(resource)} ${JSON.stringify(name)} ${(error as Error).message}`);
  }
}

export const rolloutRestart = verbOf(restart);
export const rolloutPause = verbOf(pause);
export const rolloutResume = verbOf(resume);
