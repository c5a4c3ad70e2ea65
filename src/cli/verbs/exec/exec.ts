import type { Readable } from 'node:stream';
import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { resourcePath } from '../../../client/http';
import { remoteCommand } from '../../../client/remote';
import { collect, visit } from '../../builder';
import { ExitError, throwAll, usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { annotatedContainer, defaultContainer, hasContainer } from '../../pods/containers';
import { byActivity } from '../../pods/order';
import { isPod, podsBehind, podsResource } from '../../pods/behind';
import type { Session } from '../../session';
import { terminalOf, type Terminal } from '../../terminal/terminal';
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
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') throw new Error(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const exitCode = await runIn(session, input, pod, chooseContainer(session, input, pod), command);
  if (exitCode) throw new ExitError(exitCode, `command terminated with exit code ${exitCode}`);
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
  if (flags.container) return flags.container;
  const annotated = annotatedContainer(pod);
  if (annotated && hasContainer(pod, annotated)) return annotated;
  return defaultContainer(pod, (line) => flags.quiet || streams.err.write(line));
}

async function runIn(session: Session, { flags }: ExecInput, { metadata }: Pod, container: string, command: string[]): Promise<number> {
  const terminal = wantedTerminal(session, flags);
  const ended = new AbortController();
  const query = { container, command, stdin: flags.stdin || undefined, stdout: true, stderr: !terminal || undefined, tty: terminal ? true : undefined };
  const restore = terminal?.raw();
  try {
    return await remoteCommand(await session.connection(), resourcePath(podsResource, metadata.namespace, metadata.name, 'exec'), query, {
      ...(flags.stdin && { stdin: session.streams.in as Readable }),
      stdout: session.streams.out,
      ...(!terminal && { stderr: session.streams.err }),
      ...(terminal && { resize: terminal.sizes(ended.signal) }),
      signal: session.signal,
    });
  } finally {
    ended.abort();
    restore?.();
  }
}

function wantedTerminal({ streams }: Session, flags: ExecInput['flags']): Terminal | undefined {
  if (!flags.stdin || !flags.tty) return undefined;
  const terminal = terminalOf(streams);
  if (!terminal && !flags.quiet) streams.err.write('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return terminal;
}
