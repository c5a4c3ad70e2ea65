import { isReason } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { collect, visit, type Info } from '../../builder';
import { throwAll, withSource } from '../../errors';
import { withChangeCause } from '../../change-cause';
import { lastApplied, lastAppliedAnnotation, withLastApplied } from '../../last-applied';
import { manifestCheck } from '../../manifest-check';
import { objectPrinter } from '../../print/printer';
import { withSortedKeys } from '../../print/sort-keys';
import { successPrinter } from '../../print/success';
import { prunableResources } from '../../prune/resources';
import type { Session } from '../../session';
import { openApplySet } from './applyset/applyset';
import { applyPlan, checkContradictions, type ApplyInput, type ApplyPlan } from './options';
import { describeInfo, patchLive } from './patcher';
import { pruneLabelled, pruneSet } from './prune';
import { serverSideApply } from './server-side';

export type Outcome = 'created' | 'configured' | 'unchanged' | 'serverside-applied';

/** One object after it was applied. */
interface Applied {
  object: Unstructured;
  outcome: Outcome;
}

/** After k8s.io/kubectl/pkg/cmd/apply. */
export async function apply(session: Session, input: ApplyInput): Promise<void> {
  const { flags } = input;
  const plan = applyPlan(session, input);
  const set = flags.applyset ? await openApplySet(session, flags.applyset, plan) : undefined;
  // Only what --prune-allowlist names has to be there before anything is applied.
  const prunable = flags.prune && flags['prune-allowlist'].length ? await prunableResources(session, flags['prune-allowlist']) : undefined;
  await checkContradictions(flags, plan.dryRun, async () => set?.validate());
  const namespace = await session.namespace();
  const { infos: found, errors } = await collect(await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, selector: flags.selector, namespace,
    validate: manifestCheck(plan.validation),
  }));
  if (!found.length && !errors.length) throw new Error('no objects passed to apply');
  const infos = set ? set.members(found) : found;
  await set?.begin(infos);
  const report = await reporter(session, input, plan);
  const applied = await applyAll(session, input, plan, infos, report, errors);
  throwAll(errors);
  report.end(applied);
  if (!flags.prune) return;
  const uids = new Set(applied.map(({ metadata }) => metadata.uid ?? ''));
  if (set) return pruneSet(session, input, plan, set, uids);
  const namespaces = new Set([...(namespace.explicit ? [namespace.name] : []), ...infos.filter(({ resource }) => resource.namespaced).map((info) => info.namespace)]);
  await pruneLabelled(session, input, plan, prunable ?? await prunableResources(session, []), { uids, namespaces });
}

/** What fails is added to the errors. */
async function applyAll(session: Session, input: ApplyInput, plan: ApplyPlan, infos: readonly Info[], report: Report, errors: unknown[]): Promise<Unstructured[]> {
  const applied: Unstructured[] = [];
  for (const info of infos) {
    try {
      const { object, outcome } = await applyOne(session, input, plan, info);
      applied.push(object);
      await report.each(object, outcome);
    } catch (error) {
      errors.push(error);
    }
  }
  return applied;
}

interface Report {
  each(object: Unstructured, operation: Outcome): Promise<void>;
  end(objects: readonly Unstructured[]): void;
}

/** Names and outcomes come as they happen; whole objects at the end, several as one list. */
async function reporter(session: Session, { flags }: ApplyInput, { dryRun }: ApplyPlan): Promise<Report> {
  const { out } = session.streams;
  const options = { flags, out, cwd: session.cwd, dryRun };
  const whole = (flags.output && flags.output !== 'name') || flags.template;
  const print = whole ? await objectPrinter({ ...options, keepOrder: true }) : undefined;
  return {
    each: async (object: Unstructured, operation: Outcome) => {
      if (!whole) (await successPrinter({ ...options, operation }))(object);
    },
    end: (objects: readonly Unstructured[]) => {
      if (print && objects.length) print(objects.length === 1 ? withSortedKeys(objects[0]!) : typedListOf(objects));
    },
  };
}

/** kubectl has a Go struct around objects that are maps. */
const typedListOf = (objects: readonly Unstructured[]) =>
  ({ kind: 'List', apiVersion: 'v1', metadata: {}, items: objects.map(withSortedKeys) }) as unknown as Unstructured;

async function applyOne(session: Session, input: ApplyInput, plan: ApplyPlan, given: Info): Promise<Applied> {
  const info = { ...given, object: withChangeCause(session, given.object) };
  const { generateName } = info.object.metadata ?? {};
  if (!info.name && generateName) throw new Error(`from ${generateName}: cannot use generate name with apply`);
  if (plan.serverSide) return { object: await serverSideApply(session, input, plan, info), outcome: 'serverside-applied' };
  const modified = withLastApplied(info.object);
  const live = await readLive(session, info);
  if (!live) return { object: await createFirst(session, plan, info, withoutNulls(modified) as Unstructured), outcome: 'created' };
  if (plan.dryRun === 'client') return { object: live, outcome: 'configured' };
  if (!lastApplied(live)) session.streams.err.write(missingAnnotation(info));
  const { object, changed } = await patchLive(session, plan, info, modified, live);
  warnIfDeleting(session, object);
  return { object, outcome: changed ? 'configured' : 'unchanged' };
}

async function readLive(session: Session, info: Info): Promise<Unstructured | undefined> {
  try {
    return await (await session.client()).get<Unstructured>(info.resource, info.name, info.namespace);
  } catch (error) {
    if (isReason(error, 'NotFound')) return undefined;
    throw withSource(`retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`, info.source, error);
  }
}

async function createFirst(session: Session, { dryRun, manager, validation }: ApplyPlan, { resource, source }: Info, object: Unstructured): Promise<Unstructured> {
  if (dryRun === 'client') return object;
  try {
    return await (await session.client()).create(resource, object, { dryRun: dryRun === 'server', fieldManager: manager, fieldValidation: validation });
  } catch (error) {
    throw withSource('creating', source, error);
  }
}

/** In a patch null means to remove; in a new object there is nothing to remove. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)]])));
}

const missingAnnotation = ({ resource, name }: Info): string =>
  `Warning: resource ${resource.plural}/${name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. `
  + 'kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n';

function warnIfDeleting({ streams }: Session, { metadata }: Unstructured): void {
  if (!metadata.deletionTimestamp) return;
  streams.err.write(`Warning: Detected changes to resource ${metadata.name} which is currently being deleted.\n`);
}
