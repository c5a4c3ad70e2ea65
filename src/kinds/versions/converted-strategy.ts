import type { KubeObject } from '../../api/meta';
import type { Conversion, Strategy } from '../kind';

/** Changes an object in the form in which it is stored, and brings it back, in place. */
export function through({ fromStored, toStored }: Conversion, object: KubeObject, change: (stored: KubeObject) => void): void {
  const stored = toStored(object);
  change(stored);
  const changed = fromStored(stored);
  for (const name of Object.keys(object)) if (!(name in changed)) delete (object as unknown as Record<string, unknown>)[name];
  Object.assign(object, changed);
}

/**
 * The strategy of a kind for another version of it: what has one form is brought into the other and back. `setDefaults`
 * are those of the version itself, ahead of the kind's own. Field errors name the paths of the stored form, as upstream's do,
 * which checks internal objects.
 */
export function convertedStrategy(strategy: Strategy, conversion: Conversion, setDefaults?: (object: KubeObject) => void): Strategy {
  const { toStored } = conversion;
  const { prepareForCreate, prepareForUpdate, prepareForStatusUpdate, validate, validateUpdate, validateStatusUpdate, warnings, generationOf } = strategy;
  const stored = (old: KubeObject | undefined) => old && toStored(old);
  return {
    ...strategy,
    setDefaults(object) {
      setDefaults?.(object);
      if (strategy.setDefaults) through(conversion, object, (form) => strategy.setDefaults!(form));
    },
    ...(prepareForCreate && { prepareForCreate: (object, context) => through(conversion, object, (form) => prepareForCreate(form, context)) }),
    ...(prepareForUpdate && { prepareForUpdate: (object, old, context) => through(conversion, object, (form) => prepareForUpdate(form, toStored(old), context)) }),
    ...(prepareForStatusUpdate && { prepareForStatusUpdate: (object, old, context) => through(conversion, object, (form) => prepareForStatusUpdate(form, toStored(old), context)) }),
    ...(validate && { validate: (object, old) => validate(toStored(object), stored(old)) }),
    ...(validateUpdate && { validateUpdate: (object, old) => validateUpdate(toStored(object), toStored(old)) }),
    ...(validateStatusUpdate && { validateStatusUpdate: (object, old) => validateStatusUpdate(toStored(object), toStored(old)) }),
    ...(warnings && { warnings: (object, old) => warnings(toStored(object), stored(old)) }),
    ...(generationOf && { generationOf: (object) => generationOf(toStored(object)) }),
  };
}
