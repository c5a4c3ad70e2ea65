import type { VolumeAttributesClass } from '../../../api/generated/storage.v1beta1';
import { immutable, nameIsDNSSubdomain, required, validateObjectMeta } from '../../../api/validation';
import type { Kind } from '../../kind';
import { age } from '../../printing';

/** After ValidateVolumeAttributesClass and its strategy. */
export const volumeAttributesClass: Kind<VolumeAttributesClass> = {
  group: 'storage.k8s.io',
  version: 'v1beta1',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  singular: 'volumeattributesclass',
  shortNames: ['vac'],
  namespaced: false,
  schema: 'io.k8s.api.storage.v1beta1.VolumeAttributesClass',
  unenforced: true,
  strategy: {
    validate: ({ metadata, driverName, parameters }) => [
      ...validateObjectMeta(metadata, false, nameIsDNSSubdomain), ...(driverName ? [] : [required('driverName')]),
      ...(parameters && Object.keys(parameters).length > 0 ? [] : [required('parameters', 'must contain at least one key/value pair')]),
    ],
    validateUpdate: ({ driverName, parameters }, old) => [...immutable('driverName', driverName, old.driverName), ...immutable('parameters', parameters, old.parameters)],
    generationOf: () => undefined,
  },
  columns: [{ name: 'DriverName', value: ({ driverName }) => driverName }, age],
};
