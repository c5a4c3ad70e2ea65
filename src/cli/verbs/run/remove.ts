import type { DeleteOptions, Unstructured } from '../../../api/meta';
import type { Resource } from '../../../client/client';
import { resourcePath } from '../../../client/http';
import type { Session } from '../../session';

export interface Created {
  resource: Resource;
  object: Unstructured;
}

/** Deletes what `run` created, as --rm has it. What cannot be deleted any more does not matter. */
export async function remove(session: Session, created: readonly Created[], propagationPolicy: DeleteOptions['propagationPolicy'], quiet: boolean): Promise<void> {
  const client = await session.client();
  for (const { resource, object: { kind, metadata } } of created) {
    try {
      await client.request({ method: 'DELETE', path: resourcePath(resource, metadata.namespace, metadata.name), body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy } });
      if (!quiet) session.streams.out.write(`${kind?.toLowerCase()} ${JSON.stringify(metadata.name)} deleted\n`);
    } catch {
      return;
    }
  }
}
