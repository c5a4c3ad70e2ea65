import { ApiError } from '../../../api/errors';
import type { ComponentCondition } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import type { Hooks } from '../registry/registry';

/** Something that the cluster cannot do without. */
export interface Component {
  /** `scheduler` */
  readonly name: string;
  /** Undefined when all is well, else why it is not. */
  check(): string | undefined;
}

function status({ name, check }: Component): Unstructured {
  const error = check();
  const condition: ComponentCondition = { type: 'Healthy', ...(error === undefined ? { status: 'True', message: 'ok' } : { status: 'False', error }) };
  return { metadata: { name, creationTimestamp: null as never }, conditions: [condition] };
}

/** Wording: pkg/registry/core/componentstatus/rest.go. */
export const componentStatusHooks = (components: readonly Component[]): Hooks => ({
  computed(_registry, _namespace, name) {
    const named = components.filter((component) => name === undefined || component.name === name);
    if (name !== undefined && !named.length) throw new ApiError('Unknown', `Component not found: ${name}`);
    return named.map(status);
  },
});
