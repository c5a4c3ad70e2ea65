import type { ApiResource } from '../../../../client/discovery';
import type { Info } from '../../../builder';
import { memberLabel, type Contents } from './names';

/** `Deployment.apps` */
export const groupKindText = ({ kind, group }: ApiResource): string => (group ? `${kind}.${group}` : kind);

/** The object with the label of the set's members. Throws when it has one already. */
export function asMember(info: Info, id: string): Info {
  const { object } = info;
  const { labels } = object.metadata;
  if (labels && memberLabel in labels) throw new Error(`ApplySet label ${JSON.stringify(memberLabel)} already set in input data`);
  return { ...info, object: { ...object, metadata: { ...object.metadata, labels: { ...labels, [memberLabel]: id } } } };
}

export function contentsOf(infos: readonly Info[]): Contents {
  return {
    resources: uniqueKinds(infos.map(({ resource }) => resource)),
    namespaces: new Set(infos.filter(({ resource, namespace }) => resource.namespaced && namespace).map(({ namespace }) => namespace)),
  };
}

export const union = (a: Contents, b: Contents): Contents =>
  ({ resources: uniqueKinds([...a.resources, ...b.resources]), namespaces: new Set([...a.namespaces, ...b.namespaces]) });

const uniqueKinds = (resources: readonly ApiResource[]): ApiResource[] =>
  [...new Map(resources.map((resource) => [groupKindText(resource), resource])).values()];
