import type { PodTemplate } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { containerImages, containerNames } from '../../pods/template-columns';
import { formatLabels } from '../../printing';

export const podTemplateColumns: readonly Column<PodTemplate>[] = [
  { name: 'Containers', value: ({ template }) => containerNames(template) },
  { name: 'Images', value: ({ template }) => containerImages(template) },
  { name: 'Pod Labels', value: ({ template }) => formatLabels(template?.metadata?.labels) },
];
