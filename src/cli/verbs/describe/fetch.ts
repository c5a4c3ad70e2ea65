import type { KubeObject, Unstructured } from '../../../api/meta';
import { describerFor } from '../../../kinds/describers';
import { eventsQuery, relatedFrom, type Answer, type RelatedQuery } from '../../../kinds/describe';
import { resourcePath, type RestClient } from '../../../client/http';
import type { Info } from '../../builder';

export interface DescribeOptions {
  showEvents: boolean;
  nowMs: number;
}

/** Fetches what the kind's description wants, all at once, and renders it. What cannot be had is left out. */
export async function describeObject(client: RestClient, { resource, object }: Pick<Info, 'resource' | 'object'>, { showEvents, nowMs }: DescribeOptions): Promise<string> {
  const describe = describerFor(resource);
  const queries = (describe.related?.(object) ?? []).filter(({ as }) => showEvents || as !== eventsQuery);
  const answers = await Promise.all(queries.map((query) => answer(client, query)));
  return describe.render(object, relatedFrom(answers.filter((each) => each !== undefined), showEvents), { nowMs });
}

async function answer(client: RestClient, query: RelatedQuery): Promise<Answer | undefined> {
  const { as, name, namespace, labelSelector, fieldSelector } = query;
  const resource = { ...query, namespaced: namespace !== undefined };
  try {
    const found = await client.request<Unstructured & { items?: KubeObject[] }>({ path: resourcePath(resource, namespace, name), query: { labelSelector, fieldSelector } });
    return name ? { as, object: found } : { as, items: found.items ?? [] };
  } catch {
    return undefined;
  }
}
