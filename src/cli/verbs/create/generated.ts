import type { KubeObject, Unstructured } from '../../../api/meta';
import type { Resource } from '../../../client/client';
import { isConnectionError } from '../../../client/http/connection-error';
import { dryRunStrategy } from '../../dry-run';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { withTypedConfig } from '../../last-applied';
import { inGoOrder } from '../../print/go-order';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import { fieldValidation } from '../../validation-directive';
import type { createSharedFlags } from './flags';

export type GeneratorInput = Input<typeof createSharedFlags & GlobalFlags>;

export interface Generated<T extends KubeObject> {
  resource: Resource;
  /** `io.k8s.api.apps.v1.Deployment` */
  type: string;
  /** In the order of Go's struct fields, with what Go prints though it is empty: `resources: {}`, `status: {}`. */
  object: T;
  /** Before the server's error: `failed to create deployment:`. Without it the error stands as it is. */
  failure?: string;
}

/** What all of `create TYPE` have in common behind the generator: dry run, creation, printing. */
export async function createGenerated<T extends KubeObject>(session: Session, { flags }: GeneratorInput, generate: () => Promise<Generated<T>> | Generated<T>): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'created', dryRun, keepOrder: true });
  const validation = fieldValidation(flags.validate);
  const { resource, type, object, failure } = await generate();
  const saved = withTypedConfig(object as unknown as Unstructured, flags['save-config']);
  if (dryRun === 'client') return void print(saved);
  const client = await session.client();
  const namespace = resource.namespaced ? { namespace: (await session.namespace()).name } : {};
  try {
    const created = await client.create(resource, { ...saved, metadata: { ...saved.metadata, ...namespace } }, {
      dryRun: dryRun === 'server', fieldManager: flags['field-manager'], fieldValidation: validation,
    });
    print(flags.output === 'json' ? await inGoOrder(created, type) : created);
  } catch (error) {
    throw failure ? new Error(`${failure} ${isConnectionError(error) ? error.whole : (error as Error).message}`) : error;
  }
}

/** The one name that a generator takes. Arguments behind `--` are a command and do not count. */
export function nameFrom({ args, argsBeforeDash }: Pick<GeneratorInput, 'args' | 'argsBeforeDash'>, command: string): string {
  const count = argsBeforeDash ?? args.length;
  if (count !== 1) throw usageError(command, `exactly one NAME is required, got ${count}`);
  return args[0]!;
}
