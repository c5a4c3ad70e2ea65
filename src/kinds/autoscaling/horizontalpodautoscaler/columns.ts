import type { HorizontalPodAutoscaler } from '../../../api/generated/autoscaling.v2';
import type { Column } from '../../kind';
import { age } from '../../printing';
import { currentText, targetText, type Metric } from './metrics';

const shownMax = 2;

/** `cpu: 12%/80%`, `100/200 (avg)` */
function metricText({ spec, status }: Metric): string {
  const { type } = spec;
  if (type === 'Resource' || type === 'ContainerResource') {
    const name = (type === 'Resource' ? spec.resource : spec.containerResource)?.name ?? '';
    return `${name}: ${currentText(spec, status)}/${targetText(spec)}`;
  }
  if (type === 'Pods') return `${currentText(spec, status)}/${targetText(spec)}`;
  const source = type === 'External' ? spec.external : type === 'Object' ? spec.object : undefined;
  if (!source) return '<unknown type>';
  return `${currentText(spec, status)}/${targetText(spec)}${source.target.averageValue === undefined ? '' : ' (avg)'}`;
}

function metricsText({ spec, status }: HorizontalPodAutoscaler): string {
  const texts = (spec?.metrics ?? []).map((metric, i) => metricText({ spec: metric, status: status?.currentMetrics?.[i] }));
  if (texts.length === 0) return '<none>';
  const shown = texts.slice(0, shownMax).join(', ');
  return texts.length > shownMax ? `${shown} + ${texts.length - shownMax} more...` : shown;
}

export const horizontalPodAutoscalerColumns: readonly Column<HorizontalPodAutoscaler>[] = [
  { name: 'Reference', value: ({ spec }) => `${spec?.scaleTargetRef?.kind ?? ''}/${spec?.scaleTargetRef?.name ?? ''}` },
  { name: 'Targets', value: metricsText },
  { name: 'MinPods', value: ({ spec }) => String(spec?.minReplicas ?? '<unset>') },
  { name: 'MaxPods', value: ({ spec }) => spec?.maxReplicas ?? 0 },
  { name: 'Replicas', value: ({ status }) => status?.currentReplicas ?? 0 },
  age,
];
