import { isApiError } from '../../api/errors';
import { serverError } from '../../api/server-error';
import { parseGroupVersion } from '../../api/meta';
import type { RestClient } from '../http/rest';
import { readAll } from '../http/transport';
import type { ApiGroup, ApiResource, Snapshot } from './types';

const aggregated = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`);
const accept = [...aggregated, 'application/json'].join(',');

interface GroupDiscovery {
  metadata?: { name?: string };
  versions: { version: string; resources?: ResourceDiscovery[] }[];
}

interface ResourceDiscovery {
  resource: string;
  responseKind?: { kind: string };
  scope: 'Namespaced' | 'Cluster';
  singularResource?: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  subresources?: { subresource: string }[];
}

/** Two requests where the server knows aggregated discovery, else one per group and version. */
export async function fetchDiscovery(client: RestClient): Promise<Snapshot> {
  const [core, named] = await Promise.all([load(client, '/api'), load(client, '/apis')]);
  const parts = [await core(), await named()];
  return { groups: parts.flatMap(({ groups }) => groups), resources: parts.flatMap(({ resources }) => resources) };
}

/** Some servers tell no singular (metrics.k8s.io is served without one): then it is the kind in small letters, as client-go's restmapper guesses. */
const singularOf = (told: string | undefined, kind: string): string => told || kind.toLowerCase();

const nothing: Snapshot = { groups: [], resources: [] };

async function load(client: RestClient, path: string): Promise<() => Promise<Snapshot>> {
  try {
    const response = await client.raw({ path, accept });
    const document = JSON.parse((await readAll(response.body)).toString()) as { kind: string; items?: GroupDiscovery[] };
    if (document.kind === 'APIGroupDiscoveryList') return async () => fromAggregated(document.items ?? []);
    return () => fromLegacy(client, document as unknown as LegacyRoot);
  } catch (error) {
    // A server without one of the two roots is a server without those groups.
    if (isApiError(error) && error.code === 404) return async () => nothing;
    // Whose answers client-go does not read here.
    if (isApiError(error) && (error.code === 401 || error.code === 403)) throw serverError(error.code, 'GET', '');
    throw error;
  }
}

function fromAggregated(items: GroupDiscovery[]): Snapshot {
  const groups: ApiGroup[] = items.map(({ metadata, versions }) => ({ name: metadata?.name ?? '', versions: versions.map(({ version }) => version) }));
  const resources = items.flatMap(({ metadata, versions }) =>
    versions.flatMap(({ version, resources: found = [] }) => found.map((resource): ApiResource => ({
      group: metadata?.name ?? '', version, plural: resource.resource, singular: singularOf(resource.singularResource, resource.responseKind?.kind ?? ''),
      kind: resource.responseKind?.kind ?? '', namespaced: resource.scope === 'Namespaced',
      shortNames: resource.shortNames ?? [], categories: resource.categories ?? [], verbs: resource.verbs ?? [],
      subresources: (resource.subresources ?? []).map(({ subresource }) => subresource),
    }))));
  return { groups, resources };
}

interface LegacyRoot {
  versions?: string[];
  groups?: { name: string; versions: { version: string }[]; preferredVersion?: { version: string } }[];
}

interface LegacyResources {
  groupVersion: string;
  resources: { name: string; singularName: string; namespaced: boolean; kind: string; verbs: string[]; shortNames?: string[]; categories?: string[] }[];
}

async function fromLegacy(client: RestClient, { versions, groups: named }: LegacyRoot): Promise<Snapshot> {
  const groups: ApiGroup[] = [
    ...(versions ? [{ name: '', versions }] : []),
    ...(named ?? []).map((group) => ({ name: group.name, versions: preferredFirst(group.versions.map(({ version }) => version), group.preferredVersion?.version) })),
  ];
  const paths = groups.flatMap(({ name, versions: of }) => of.map((version) => (name ? `/apis/${name}/${version}` : `/api/${version}`)));
  const lists = await Promise.all(paths.map((path) => client.request<LegacyResources>({ path }).catch(ignoreRefusals)));
  return { groups, resources: lists.flatMap((list) => (list ? fromLegacyList(list) : [])) };
}

/** One broken group must not hide the others. */
function ignoreRefusals(error: unknown): undefined {
  if (!isApiError(error)) throw error;
}

const preferredFirst = (versions: string[], preferred: string | undefined) =>
  preferred ? [preferred, ...versions.filter((version) => version !== preferred)] : versions;

function fromLegacyList({ groupVersion, resources }: LegacyResources): ApiResource[] {
  const subresourcesOf = (plural: string) =>
    resources.filter(({ name }) => name.startsWith(`${plural}/`)).map(({ name }) => name.slice(plural.length + 1));
  return resources.filter(({ name }) => !name.includes('/')).map((resource) => ({
    ...parseGroupVersion(groupVersion), plural: resource.name, singular: singularOf(resource.singularName, resource.kind), kind: resource.kind,
    namespaced: resource.namespaced, shortNames: resource.shortNames ?? [], categories: resource.categories ?? [],
    verbs: resource.verbs, subresources: subresourcesOf(resource.name),
  }));
}
