import { admitWhole } from '../admit';
import type { SubresourceHandler } from './subresource';

/** A subresource to which objects of a type of its own are posted: admission sees them before the handler does. */
export function admitted(subresource: string, { type, create, ...others }: SubresourceHandler): SubresourceHandler {
  return {
    ...others,
    ...(type && { type }),
    ...(create && {
      async create(target, object, context) {
        const { registry, kind, namespace, name } = target;
        await admitWhole(registry, { operation: 'CREATE', kind, subresource, name, object, context, ...(type && { type }), ...(namespace && { namespace }) });
        return create(target, object, context);
      },
    }),
  };
}
