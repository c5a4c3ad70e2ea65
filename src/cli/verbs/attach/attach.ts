import type { Pod } from '../../../api/generated/core.v1';
import { collect, visit } from '../../builder';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { isPod, podsBehind } from '../../pods/behind';
import { byActivity } from '../../pods/order';
import type { Session } from '../../session';
import type { AttachFlags } from './flags';
import { attachToPod } from './to-pod';

type AttachInput = Input<AttachFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/attach. */
export async function attach(session: Session, input: AttachInput): Promise<void> {
  validate(input);
  const pod = await findPod(session, input);
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') throw new Error(`cannot attach a container in a completed pod; current phase is ${phase}`);
  await attachToPod(session, pod, input.flags);
}

function validate({ args, flags }: AttachInput): void {
  if (!args.length) throw new Error('at least 1 argument is required for attach');
  if (args.length > 2) throw new Error(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`);
  if (flags['pod-running-timeout'] <= 0) throw new Error('--pod-running-timeout must be higher than zero');
}

async function findPod(session: Session, { args, flags }: AttachInput): Promise<Pod> {
  const named = args.length === 1 && !args[0]!.includes('/') ? ['pods', args[0]!] : args;
  const { infos, errors } = await collect(await visit(session, { namespace: await session.namespace(), args: named }));
  throwAll(errors);
  const { object } = infos[0]!;
  if (isPod(object)) return object as unknown as Pod;
  const [pod] = await podsBehind(session, object, { order: byActivity, timeoutMs: flags['pod-running-timeout'], doing: 'attach to' });
  return pod!;
}
