import { isReason } from '../../../../api/errors';
import { groupVersion, type Unstructured } from '../../../../api/meta';
import type { Info } from '../../../builder';
import { inOneSentence } from '../../../errors';
import { labelled, placesOf, type Pruned } from '../../../prune/objects';
import type { Session } from '../../../session';
import type { ApplyPlan } from '../options';
import { asMember, contentsOf, groupKindText, union } from './members';
import { memberLabel, parentTypeLabel, type Contents } from './names';
import { applySetId, fieldManager, isBuiltIn, parentPatch, parentText, parseParent, readParent, type Parent } from './parent';

const definitions = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions', namespaced: false };
const nothing: Contents = { resources: [], namespaces: new Set() };

/** A set of objects that are applied and pruned together, recorded in a parent object. After applyset.go. */
export interface ApplySet {
  /** Throws when the object cannot be its parent. */
  validate(): Promise<void>;
  /** The objects as members. */
  members(infos: readonly Info[]): Info[];
  /** Notes before anything is applied where members were and will be, so that none is lost from sight. */
  begin(infos: readonly Info[]): Promise<void>;
  /** Members that were not seen. */
  pruned(uids: ReadonlySet<string>): AsyncGenerator<Pruned>;
  /** Notes where members are now. */
  end(): Promise<void>;
}

type Plan = Pick<ApplyPlan, 'dryRun' | 'validation'>;

export async function openApplySet(session: Session, reference: string, plan: Plan): Promise<ApplySet> {
  const discovery = await session.discovery();
  const parent = await parseParent(discovery, reference, await session.namespace());
  const id = applySetId(parent);
  let before = nothing;
  let after = nothing;
  return {
    validate: () => validate(session, parent),
    members: (infos) => infos.map((info) => asMember(info, id)),
    async begin(infos) {
      const object = await fetchParent(session, parent);
      if (object) before = await readParent(discovery, parent, object);
      after = contentsOf(infos);
      await update(session, parent, union(before, after), plan);
    },
    async* pruned(uids) {
      for (const place of placesOf(before.resources, [...before.namespaces])) {
        const objects = await labelled(session, place, `${memberLabel}=${id}`).catch((error: unknown) => {
          throw new Error(`listing ${groupVersion(place.resource)}, Kind=${place.resource.kind} for pruning: ${(error as Error).message}`);
        });
        for (const object of objects) if (!uids.has(object.metadata.uid ?? '')) yield { resource: place.resource, object };
      }
    },
    end: async () => update(session, parent, after, plan).catch((error: unknown) => {
      throw new Error(`apply and prune succeeded, but ApplySet update failed: ${(error as Error).message}`);
    }),
  };
}

async function validate(session: Session, parent: Parent): Promise<void> {
  const { resource } = parent;
  const problems: string[] = [];
  if (resource.namespaced && !parent.namespace) problems.push('namespace is required to use namespace-scoped ApplySet');
  if (!isBuiltIn(parent)) {
    const allowed = await parentTypes(session).catch((error: unknown) => {
      problems.push(`identifying allowed custom resource parent types: ${(error as Error).message}`);
      return new Set<string>();
    });
    if (!allowed.has(`${resource.plural}.${resource.group}`)) {
      problems.push(`resource ${JSON.stringify(`${resource.group}/${resource.version}, Resource=${resource.plural}`)} is not permitted as an ApplySet parent`);
    }
  }
  if (problems.length) throw new Error(inOneSentence(problems));
}

/** Custom types whose definition says so. A definition's name is that of its resource. */
async function parentTypes(session: Session): Promise<Set<string>> {
  const client = await session.client();
  const { items } = await client.list<Unstructured>(definitions, { labelSelector: parentTypeLabel });
  return new Set(items.map(({ metadata }) => metadata.name));
}

async function fetchParent(session: Session, parent: Parent): Promise<Unstructured | undefined> {
  const client = await session.client();
  try {
    return await client.get<Unstructured>(parent.resource, parent.name, parent.namespace);
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw new Error(`failed to fetch ApplySet parent object ${JSON.stringify(parentText(parent))}: ${(error as Error).message}`);
    if (!isBuiltIn(parent)) throw new Error('custom resource ApplySet parents cannot be created automatically');
    return undefined;
  }
}

/** Somebody else's hold on these fields does not count. */
async function update(session: Session, parent: Parent, contents: Contents, { dryRun, validation }: Plan): Promise<void> {
  if (dryRun === 'client') return;
  const client = await session.client();
  const send = (force: boolean) => client.patch(parent.resource, parent.name, parent.namespace, 'apply', parentPatch(parent, contents), {
    dryRun: dryRun === 'server', fieldManager, fieldValidation: validation, force,
  });
  await send(false).catch((error: unknown) => {
    if (isReason(error, 'Conflict')) return send(true);
    throw error;
  }).catch((error: unknown) => {
    throw new Error(`failed to update ApplySet: ${(error as Error).message}`);
  });
}

/** As errors about pruning name an object. */
export function prunedText({ resource, object: { metadata: { name, namespace } } }: Pruned): string {
  return `${groupKindText(resource)} ${namespace ? `${namespace}/${name}` : name}`;
}
