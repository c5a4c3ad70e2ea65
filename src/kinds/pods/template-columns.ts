import { formatLabelSelector } from '../../api/selectors';
import type { KubeObject, LabelSelector } from '../../api/meta';
import type { PodTemplateSpec } from '../../api/generated/core.v1';
import type { Column } from '../kind';
import { wide } from '../printing';

type WithTemplate = KubeObject & { spec: { template?: PodTemplateSpec } };
type WithSelector = KubeObject & { spec: { selector?: LabelSelector } };

const containersOf = (template: PodTemplateSpec | undefined) => template?.spec?.containers ?? [];
export const containerNames = (template: PodTemplateSpec | undefined) => containersOf(template).map(({ name }) => name).join(',');
export const containerImages = (template: PodTemplateSpec | undefined) => containersOf(template).map(({ image }) => image ?? '').join(',');

/** What the wide output of every kind with a pod template ends with. */
const containers = wide<WithTemplate>('Containers', ({ spec }) => containerNames(spec.template));
const images = wide<WithTemplate>('Images', ({ spec }) => containerImages(spec.template));
export const selector = wide<WithSelector>('Selector', ({ spec }) => formatLabelSelector(spec.selector));

export const templateColumns: readonly Column<WithTemplate>[] = [containers, images];
