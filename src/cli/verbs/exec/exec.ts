import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { collect, visit } from '../../builder';
import { throwAll, usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { containerToEnter, requireSuccess, requireUnfinished } from '../../pods/enter';
import { byActivity } from '../../pods/order';
import { isPod, podsBehind } from '../../pods/behind';
import { joinStreams, wantedTerminal } from '../../pods/join';
import type { Session } from '../../session';
import type { ExecFlags } from './flags';

type ExecInput = Input<ExecFlags & GlobalFlags>;

interface Target {
  /** '' when a file names it. */
  resource: string;
  command: string[];
}

/** After k8s.io/kubectl/pkg/cmd/exec. Ends with the command's own exit code. */
export async function exec(session: Session, input: ExecInput): Promise<void> {
  const { resource, command } = readTarget(input);
  if (!resource && !input.flags.filename.length) throw new Error('pod, type/name or --filename must be specified');
  if (!command.length) throw new Error('you must specify at least one command for the container');
  const pod = await findPod(session, input, resource);
  requireUnfinished(pod);
  const { stdin } = input.flags;
  const exitCode = await joinStreams(session, pod, {
    subresource: 'exec', container: chooseContainer(session, input, pod), command, stdin, terminal: wantedTerminal(session, input.flags),
  });
  requireSuccess(exitCode);
}

function readTarget({ args, argsBeforeDash, flags }: ExecInput): Target {
  const resource = args.length && argsBeforeDash !== 0 ? args[0]! : '';
  if (argsBeforeDash !== undefined) return { resource, command: args.slice(argsBeforeDash) };
  if (args.length > 1 || (args.length && flags.filename.length)) {
    throw usageError('kubectl exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
  }
  return { resource, command: [] };
}

async function findPod(session: Session, { flags }: ExecInput, resource: string): Promise<Pod> {
  const args = resource ? (resource.includes('/') ? [resource] : ['pods', resource]) : [];
  const request = { namespace: await session.namespace(), args, filenames: flags.filename, latest: true };
  const { infos, errors } = await collect(await visit(session, request));
  throwAll(errors);
  if (infos.length !== 1) throw new Error('cannot exec into multiple objects at a time');
  const object: Unstructured = infos[0]!.object;
  if (isPod(object)) return object as unknown as Pod;
  const [pod] = await podsBehind(session, object, { order: byActivity, timeoutMs: flags['pod-running-timeout'], doing: 'attach to' });
  return pod!;
}

function chooseContainer({ streams }: Session, { flags }: ExecInput, pod: Pod): string {
  return flags.container || containerToEnter(pod, (line) => flags.quiet || streams.err.write(line));
}
