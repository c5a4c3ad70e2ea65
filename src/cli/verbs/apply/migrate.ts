import { isReason } from '../../../api/errors';
import { asServerSide, ownersOf } from '../../../api/managed-fields';
import type { Unstructured } from '../../../api/meta';
import type { Client, Resource } from '../../../client/client';
import { lastApplied, lastAppliedAnnotation } from '../../last-applied';

export interface Migration {
  readonly client: Client;
  readonly resource: Resource;
  readonly name: string;
  readonly namespace: string;
  readonly manager: string;
  readonly dryRun: boolean;
  warn(text: string): void;
}

/** Which keeps the annotation of client-side apply once nobody applies on the client's side. */
const annotationManager = 'kubectl-last-applied';
const annotationPath = ['metadata', 'annotations', lastAppliedAnnotation];
const attemptsMax = 5;

const failed = (what: string, error: unknown) =>
  `Warning: ${what}. This is non-fatal and will be retried next time you apply. Error: ${(error as Error).message}\n`;

/**
 * Makes the fields of client-side apply those of server-side apply, and applies again where that changed something, so
 * that what the configuration left out goes. Failures are warnings: the object is applied already.
 * Source: applyOneObject in k8s.io/kubectl/pkg/cmd/apply.
 */
export async function migrate(migration: Migration, applied: Unstructured, applyAgain: () => Promise<Unstructured>): Promise<Unstructured> {
  const steps: [string, (object: Unstructured) => Promise<Unstructured | undefined>][] = [
    [`failed to migrate ${lastAppliedAnnotation} for Server-Side Apply`, async (object) => (await keepAnnotation(migration, object)) ?? object],
    ['server rejected managed fields migration to Server-Side Apply', (object) => moveFields(migration, object)],
    ['failed to re-apply configuration after performing Server-Side Apply migration', applyAgain],
  ];
  let object = applied;
  for (const [what, step] of steps) {
    try {
      const next = await step(object);
      if (!next) return object;
      object = next;
    } catch (error) {
      migration.warn(failed(what, error));
      return object;
    }
  }
  return object;
}

/** Undefined when there is nothing to keep, or somebody keeps it. */
async function keepAnnotation({ client, resource, name, namespace, manager, dryRun }: Migration, { apiVersion, kind, metadata, ...rest }: Unstructured): Promise<Unstructured | undefined> {
  const text = lastApplied({ metadata, ...rest } as Unstructured);
  if (manager !== 'kubectl' || text === undefined) return undefined;
  if (ownersOf(metadata.managedFields ?? [], 'Apply', annotationPath).length) return undefined;
  const annotation = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }), annotations: { [lastAppliedAnnotation]: text } } };
  return client.patch<Unstructured>(resource, name, namespace, 'apply', annotation, { fieldManager: annotationManager, dryRun });
}

/** Undefined when nothing of client-side apply is left. */
async function moveFields({ client, resource, name, namespace, manager, dryRun }: Migration, applied: Unstructured): Promise<Unstructured | undefined> {
  const clients = ownersOf(applied.metadata.managedFields ?? [], 'Update', annotationPath);
  let object = applied;
  for (let attempt = 1; ; attempt++) {
    const { managedFields = [], resourceVersion } = object.metadata;
    const moved = asServerSide(managedFields, clients, manager);
    if (moved === managedFields) return undefined;
    const patch = [{ op: 'replace', path: '/metadata/managedFields', value: moved }, { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }];
    try {
      return await client.patch<Unstructured>(resource, name, namespace, 'json', patch, { fieldManager: manager, dryRun });
    } catch (error) {
      if (!isReason(error, 'Conflict') || attempt === attemptsMax) throw error;
      object = await client.get<Unstructured>(resource, name, namespace);
    }
  }
}
