import type { VolumeAttachment } from '../../../api/generated/storage.v1';
import type { Column, Kind } from '../../kind';
import { age } from '../../printing';
import { volumeAttachmentStrategy } from './strategy';

const columns: readonly Column<VolumeAttachment>[] = [
  { name: 'Attacher', format: 'name', value: ({ spec }) => spec.attacher ?? '' },
  { name: 'PV', value: ({ spec }) => spec.source?.persistentVolumeName ?? '' },
  { name: 'Node', value: ({ spec }) => spec.nodeName ?? '' },
  { name: 'Attached', type: 'boolean', value: ({ status }) => status?.attached ?? false },
  age,
];

export const volumeAttachment: Kind<VolumeAttachment> = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  plural: 'volumeattachments',
  singular: 'volumeattachment',
  namespaced: false,
  schema: 'io.k8s.api.storage.v1.VolumeAttachment',
  unenforced: true,
  subresources: ['status'],
  strategy: volumeAttachmentStrategy,
  columns,
};
