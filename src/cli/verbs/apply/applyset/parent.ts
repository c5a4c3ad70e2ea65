import { createHash } from 'node:crypto';
import type { Unstructured } from '../../../../api/meta';
import { kubernetesVersion } from '../../../../api/version';
import type { ApiResource, Discovery } from '../../../../client/discovery';
import { groupKindText } from './members';
import { annotationKeys, idLabel, type Contents } from './names';

/** The object that keeps the record of an ApplySet. */
export interface Parent {
  readonly resource: ApiResource;
  readonly name: string;
  /** '' where it has none, or none was given. */
  readonly namespace: string;
}

const tool = 'kubectl';
/** Types that may always be parents. */
const builtIn = new Set(['secrets', 'configmaps']);

/** `NAME` of a Secret, or `RESOURCE[.GROUP]/NAME`. Throws in the words of ParseApplySetParentRef. */
export async function parseParent(discovery: Discovery, text: string, namespace: { name: string; explicit: boolean }): Promise<Parent> {
  const slash = text.indexOf('/');
  const [type, name] = slash < 0 ? ['secrets', text] : [text.slice(0, slash), text.slice(slash + 1)];
  const invalid = (why: string) => new Error(`invalid parent reference ${JSON.stringify(text)}: ${why}`);
  if (!name) throw invalid('name cannot be blank');
  const resource = await discovery.resource(type);
  if (!resource) throw invalid(`no matches for ${gvrText(type)}`);
  // The kubeconfig's namespace does not count.
  return { resource, name, namespace: resource.namespaced && namespace.explicit ? namespace.name : '' };
}

function gvrText(type: string): string {
  const dot = type.indexOf('.');
  return dot < 0 ? `/, Resource=${type}` : `${type.slice(dot + 1)}/, Resource=${type.slice(0, dot)}`;
}

export const isBuiltIn = ({ resource: { group, plural } }: Parent): boolean => group === '' && builtIn.has(plural);

/** As the flag names it. */
export const parentText = ({ resource: { plural, group }, name }: Parent): string => `${plural}.${group}/${name}`;

/** The value of the label that all members carry. */
export function applySetId({ resource: { kind, group }, name, namespace }: Parent): string {
  const hash = createHash('sha256').update([name, namespace, kind, group].join('.')).digest('base64url');
  return `applyset-${hash}-v1`;
}

/** What the parent says about the set. Throws where it is not this tool's parent, in kubectl's words. */
export async function readParent(discovery: Discovery, parent: Parent, { metadata: { labels = {}, annotations = {} } }: Unstructured): Promise<Contents> {
  const subject = `ApplySet parent object ${JSON.stringify(parentText(parent))}`;
  const tooling = annotations[annotationKeys.tooling];
  if (tooling === undefined) throw new Error(`${subject} already exists and is missing required annotation ${JSON.stringify(annotationKeys.tooling)}`);
  const managedBy = tooling.includes('/') ? tooling.slice(0, tooling.lastIndexOf('/')) : tooling;
  if (managedBy !== tool) throw new Error(`${subject} already exists and is managed by tooling ${JSON.stringify(managedBy)} instead of ${JSON.stringify(tool)}`);
  const id = labels[idLabel];
  if (id === undefined) throw new Error(`${subject} exists and does not have required label ${idLabel}`);
  if (id !== applySetId(parent)) {
    throw new Error(`${subject} exists and has incorrect value for label ${JSON.stringify(idLabel)} (got: ${id}, want: ${applySetId(parent)})`);
  }
  try {
    const resources = await resourcesIn(discovery, annotations);
    const namespaces = (annotations[annotationKeys.namespaces] ?? '').split(',').filter(Boolean);
    return { resources, namespaces: new Set([...namespaces, ...(parent.resource.namespaced ? [parent.namespace] : [])]) };
  } catch (error) {
    throw new Error(`parsing ApplySet annotation on ${JSON.stringify(parentText(parent))}: ${(error as Error).message}`);
  }
}

async function resourcesIn(discovery: Discovery, annotations: Readonly<Record<string, string>>): Promise<ApiResource[]> {
  const kinds = annotations[annotationKeys.kinds];
  if (kinds === undefined) return legacyResources(discovery, annotations[annotationKeys.resources] ?? '');
  return Promise.all(kinds.split(',').filter(Boolean).map(async (text) => {
    const [kind, ...group] = text.split('.') as [string, ...string[]];
    const found = await discovery.kind(group.join('.'), kind);
    if (!found) throw new Error(`could not find mapping for kind in ${JSON.stringify(annotationKeys.kinds)} annotation: no matches for kind ${JSON.stringify(kind)} in group ${JSON.stringify(group.join('.'))}`);
    return found;
  }));
}

/** The annotation of earlier tools names resources instead of kinds. */
async function legacyResources(discovery: Discovery, text: string): Promise<ApiResource[]> {
  if (!text) throw new Error(`kubectl requires the ${JSON.stringify(annotationKeys.kinds)} annotation to be set on all ApplySet parent objects`);
  return Promise.all(text.split(',').map(async (name) => {
    const found = await discovery.resource(name);
    if (!found) throw new Error(`invalid group resource in ${JSON.stringify(annotationKeys.resources)} annotation: no matches for ${gvrText(name)}`);
    return found;
  }));
}

/** The parent as it is applied. Annotations that are not named here go, the one of earlier tools among them. */
export function parentPatch(parent: Parent, { resources, namespaces }: Contents): object {
  const { resource: { group, version, kind }, name, namespace } = parent;
  return {
    kind, apiVersion: group ? `${group}/${version}` : version,
    metadata: {
      name, ...(namespace && { namespace }), creationTimestamp: null,
      annotations: {
        [annotationKeys.namespaces]: [...namespaces].filter((each) => each !== namespace).sort().join(','),
        [annotationKeys.kinds]: [...new Set(resources.map(groupKindText))].sort().join(','),
        [annotationKeys.tooling]: `${tool}/${kubernetesVersion.gitVersion}`,
      },
      labels: { [idLabel]: applySetId(parent) },
    },
  };
}

export const fieldManager = `${tool}-applyset`;
