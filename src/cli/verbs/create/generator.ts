import type { KubeObject, ObjectMeta } from '../../../api/meta';
import type { Resource } from '../../../client/client';
import { requireFlags } from '../../argv/required';
import type { GlobalFlags } from '../../flags/global';
import type { FlagTable, FlagValues, Input } from '../../flags/spec';
import { inGoOrder } from '../../print/go-order';
import type { Session } from '../../session';
import type { createSharedFlags } from './flags';
import { createGenerated, nameFrom, type GeneratorInput } from './generated';
import { metadataOf } from './metadata';

/** What a generator is given. */
export interface Given<T extends FlagTable> {
  readonly name: string;
  /** Behind the name. */
  readonly command: readonly string[];
  readonly flags: FlagValues<T>;
}

/** The object without its type; a name of its own only where it is not the given one. */
export type Made = { metadata?: Partial<ObjectMeta> } & Record<string, unknown>;

/** A `create TYPE` as data. */
export interface Generator<T extends typeof createSharedFlags> {
  /** Its words: `create quota`. */
  readonly path: string;
  readonly flags: T;
  /** Flags without which there is nothing to make. */
  readonly required?: readonly (keyof T & string)[];
  readonly resource: Resource;
  /** `io.k8s.api.core.v1.ResourceQuota` */
  readonly type: string;
  /** Before the server's error: `failed to create quota:`. Without it the error stands as it is. */
  readonly failure?: string;
  /** False where kubectl accepts --save-config and forgets it. */
  readonly savesConfig?: boolean;
  /** Throws what is wrong with the flags, in kubectl's words. */
  make(given: Given<T>, session: Session): Made | Promise<Made>;
}

/** The verb of a generator. */
export const creates = <T extends typeof createSharedFlags>(generator: Generator<T>) => async (session: Session, input: Input<T & Omit<GlobalFlags, keyof T>>): Promise<void> => {
  const { path, required = [], resource, type, failure, savesConfig = true } = generator;
  requireFlags(input.changed, required);
  const flags = savesConfig ? input.flags : { ...input.flags, 'save-config': false };
  const shared = { ...input, flags } as unknown as GeneratorInput;
  const name = nameFrom(shared, `kubectl ${path}`);
  await createGenerated(session, shared, async () => {
    const { metadata, ...rest } = await generator.make({ name, command: input.args.slice(1), flags: input.flags as unknown as FlagValues<T> }, session);
    const namespace = resource.namespaced ? await session.namespace() : undefined;
    const { group, version } = resource;
    const object = { kind: type.split('.').at(-1)!, apiVersion: group ? `${group}/${version}` : version, metadata: { ...metadataOf(name, namespace), ...metadata }, ...rest };
    return { resource, type, object: await inGoOrder<KubeObject>(object, type), ...(failure && { failure }) };
  });
};
