import { formatLabelSelector } from '../../api/selectors';
import type { KubeObject, LabelSelector } from '../../api/meta';
import type { PodTemplateSpec } from '../../api/generated/core.v1';
import type { Column } from '../kind';
import { wide } from '../printing';

type WithTemplate = KubeObject & { spec: { template: PodTemplateSpec } };
type WithSelector = KubeObject & { spec: { selector?: LabelSelector } };

/** What the wide output of every kind with a pod template ends with. */
export const containers = wide<WithTemplate>('Containers', ({ spec }) => spec.template.spec!.containers.map(({ name }) => name).join(','));
export const images = wide<WithTemplate>('Images', ({ spec }) => spec.template.spec!.containers.map(({ image }) => image ?? '').join(','));
export const selector = wide<WithSelector>('Selector', ({ spec }) => formatLabelSelector(spec.selector));

export const templateColumns: readonly Column<WithTemplate>[] = [containers, images];
