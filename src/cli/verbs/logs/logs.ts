import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { isReason } from '../../../api/errors';
import { resourcePath } from '../../../client/http';
import { collect, visit } from '../../builder';
import { messageOf, throwAll, usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { byLogging } from '../../pods/order';
import { isPod, podsBehind, podsResource } from '../../pods/behind';
import type { Session } from '../../session';
import { failingOnInterrupt } from '../../session/interrupt';
import type { LogsFlags } from './flags';
import { linePrefixer } from './prefix';
import { logQuery, logsProblem } from './query';
import { logSources, type LogSource } from './sources';

type LogsInput = Input<LogsFlags & GlobalFlags>;

const usage = `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command`;

/** After k8s.io/kubectl/pkg/cmd/logs. */
export async function logs(session: Session, input: LogsInput): Promise<void> {
  checkArgs(input);
  const query = logQuery(input);
  const targets = await findTargets(session, input);
  const problem = logsProblem(input);
  if (problem) throw new Error(problem);
  const sources = (await Promise.all(targets.map((target) => sourcesOf(session, input, target)))).flat();
  await failingOnInterrupt(async () => {
    if (input.flags.follow && sources.length > 1) return followAll(session, input, sources, query);
    for (const source of sources) await tolerant(session, input, () => copy(session, input, source, query));
  });
}

function checkArgs({ args, flags }: LogsInput): void {
  if (args.length > 2 || (args.length === 0 && !flags.selector)) throw usageError('kubectl logs', usage);
  if (args.length === 1 && flags.selector) throw usageError('kubectl logs', 'only a selector (-l) or a POD name is allowed');
}

async function findTargets(session: Session, { args, flags }: LogsInput): Promise<Unstructured[]> {
  const namespace = await session.namespace();
  const [arg] = args;
  const request = { namespace, singleType: true, args: arg ? podOrPair(arg) : ['pods'], ...(flags.selector && { selector: flags.selector }) };
  const { infos, errors } = await collect(await visit(session, request));
  if (errors.length === 1 && isReason(errors[0], 'NotFound')) {
    throw new Error(`error from server (NotFound): ${(errors[0] as Error).message} in namespace ${JSON.stringify(namespace.name)}`);
  }
  throwAll(errors);
  if (!infos.length) session.streams.err.write(`No resources found in ${namespace.name} namespace.\n`);
  return infos.map(({ object }) => object);
}

/** A bare name is a pod's. */
const podOrPair = (arg: string): string[] => (arg.includes('/') ? [arg] : ['pods', arg]);

async function sourcesOf(session: Session, input: LogsInput, target: Unstructured): Promise<LogSource[]> {
  const { flags, args } = input;
  const tell = (line: string) => void session.streams.err.write(line);
  const options = { container: args[1] ?? flags.container, allContainers: flags['all-containers'], quiet: flags['all-pods'], tell };
  if (isPod(target)) return logSources(target as unknown as Pod, options);
  const pods = await podsBehind(session, target, { order: byLogging, timeoutMs: flags['pod-running-timeout'], doing: 'get the logs from' });
  if (flags['all-pods']) return pods.flatMap((pod) => logSources(pod, options));
  if (pods.length > 1) tell(`Found ${pods.length} pods, using pod/${pods[0]!.metadata.name}\n`);
  return logSources(pods[0]!, options);
}

async function followAll(session: Session, input: LogsInput, sources: LogSource[], query: ReturnType<typeof logQuery>): Promise<void> {
  const most = input.flags['max-log-requests'];
  if (sources.length > most) {
    throw new Error(`you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`);
  }
  await Promise.all(sources.map((source) => tolerant(session, input, () => copy(session, input, source, query))));
}

async function tolerant(session: Session, { flags }: LogsInput, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!flags['ignore-errors']) throw error;
    session.streams.out.write(`error: ${messageOf(error)}\n`);
  }
}

async function copy(session: Session, { flags }: LogsInput, { pod, container }: LogSource, query: ReturnType<typeof logQuery>): Promise<void> {
  const client = await session.client();
  const path = resourcePath(podsResource, pod.metadata.namespace, pod.metadata.name, 'log');
  const { body } = await client.raw({ path, query: { ...query, container }, accept: '*/*', stream: true, signal: session.signal });
  const prefixed = flags.prefix || flags['all-pods'];
  const withPrefix = linePrefixer(prefixed ? `[pod/${pod.metadata.name}/${container}] ` : '');
  try {
    for await (const chunk of body) session.streams.out.write(withPrefix(chunk));
  } catch (error) {
    if (!session.signal.aborted) throw error;
  }
}
