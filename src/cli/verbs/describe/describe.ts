import { isReason } from '../../../api/errors';
import { collect, visit, type Info } from '../../builder';
import { ErrorList, throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { programName } from '../../program';
import type { Session } from '../../session';
import { describeObject } from './fetch';
import type { DescribeFlags } from './flags';

type DescribeInput = Input<DescribeFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/describe. */
export async function describe(session: Session, input: DescribeInput): Promise<void> {
  const { args, flags } = input;
  if (!args.length && !flags.filename.length && !flags.kustomize) {
    throw new Error(`You must specify the type of resource to describe. Use "${programName} api-resources" for a complete list of supported resources.\n`);
  }
  const { infos, errors } = await find(session, input, args);
  if (errors.some((error) => isReason(error, 'NotFound')) && input.args.length === 2) {
    return describeMatching(session, input, errors);
  }
  const texts = await Promise.all(infos.map((info) => describeInfo(session, input, info)));
  session.streams.out.write(texts.join('\n\n'));
  if (errors.length) throw new ErrorList(errors);
  if (!infos.length) await sayNothingFound(session, input);
}

async function find(session: Session, { flags }: DescribeInput, args: readonly string[], singleType = false) {
  return collect(await visit(session, {
    args, singleType, namespace: await session.namespace(), allNamespaces: flags['all-namespaces'],
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, latest: true,
    selector: flags.selector, emptySelectorMeansAll: true, chunkSize: flags['chunk-size'],
  }));
}

/** Nothing has this name: perhaps it is the beginning of some. */
async function describeMatching(session: Session, input: DescribeInput, errors: unknown[]): Promise<void> {
  const [type, prefix] = input.args as [string, string];
  const { infos, errors: failures } = await find(session, input, [type], true);
  throwAll(failures);
  const matching = infos.filter(({ name }) => name.startsWith(prefix));
  if (!matching.length) throwAll(errors);
  for (const text of await Promise.all(matching.map((info) => describeInfo(session, input, info)))) session.streams.out.write(`${text}\n`);
}

async function describeInfo(session: Session, { flags }: DescribeInput, info: Info): Promise<string> {
  return describeObject(await session.client(), info, { showEvents: flags['show-events'], nowMs: session.clock.now() });
}

async function sayNothingFound(session: Session, { flags }: DescribeInput): Promise<void> {
  const { name } = await session.namespace();
  session.streams.err.write(flags['all-namespaces'] ? 'No resources found\n' : `No resources found in ${name} namespace.\n`);
}
