import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import type { Strategy } from '../../kind';
import { setCustomResourceDefinitionDefaults } from './defaults';
import { validateDefinition, validateDefinitionUpdate } from './validation';
import { validateStatus } from './validation/status';

/** After k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition. */
export const customResourceDefinitionStrategy: Strategy<CustomResourceDefinition> = {
  setDefaults: setCustomResourceDefinitionDefaults,
  prepareForCreate(definition) {
    definition.status = emptyStatus;
    noteStorageVersion(definition);
  },
  // The status is the old one already: there is a status subresource.
  prepareForUpdate: noteStorageVersion,
  validate: validateDefinition,
  validateUpdate: validateDefinitionUpdate,
  validateStatusUpdate: validateStatus,
  allowUnconditionalUpdate: false,
};

const emptyStatus = { conditions: null as never, acceptedNames: { plural: '', kind: '' }, storedVersions: null as never };

/** Objects may be stored in every version that ever was the storage version. */
function noteStorageVersion(definition: CustomResourceDefinition): void {
  const storage = definition.spec.versions.find((version) => version.storage)?.name;
  const stored = definition.status?.storedVersions ?? [];
  if (storage !== undefined && !stored.includes(storage)) definition.status = { ...(definition.status ?? emptyStatus), storedVersions: [...stored, storage] };
}
