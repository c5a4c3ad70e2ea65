import type { KubeObject } from '../../api/meta';
import type { Conversion } from '../kind';

const rollbackAnnotation = 'deprecated.deployment.rollback.to';
const generationAnnotation = 'deprecated.daemonset.template.generation';

interface Workload extends KubeObject {
  spec?: Record<string, unknown>;
}

type Metadata = KubeObject['metadata'];

function annotated(metadata: Metadata, name: string, value: string | undefined): Metadata {
  const { annotations, ...rest } = metadata;
  const { [name]: _, ...others } = annotations ?? {};
  const all = { ...others, ...(value !== undefined && { [name]: value }) };
  return { ...rest, ...(Object.keys(all).length > 0 && { annotations: all }) };
}

/** A kind one field of which became an annotation in v1: `read` and `write` tell the field's value as text and back. */
const movedField = (apiVersion: string, field: string, annotation: string, read: (value: unknown) => string | undefined, write: (text: string) => unknown): Conversion => ({
  fromStored(object) {
    const { metadata, spec, ...rest } = object as Workload;
    const text = metadata.annotations?.[annotation];
    return { ...rest, apiVersion, metadata: annotated(metadata, annotation, undefined), spec: { ...spec, ...(text && { [field]: write(text) }) } } as KubeObject;
  },
  toStored(object) {
    const { metadata, spec = {}, ...rest } = object as Workload;
    const { [field]: value, ...others } = spec;
    return { ...rest, apiVersion: 'apps/v1', metadata: annotated(metadata, annotation, read(value)), spec: others } as KubeObject;
  },
});

/** Deployments of extensions/v1beta1 and apps/v1beta1. After Convert_v1_Deployment_To_apps_Deployment. */
export const deploymentConversion = (apiVersion: string): Conversion => movedField(apiVersion, 'rollbackTo', rollbackAnnotation,
  (value) => (value === undefined ? undefined : String((value as { revision?: number }).revision ?? 0)), (text) => (Number(text) ? { revision: Number(text) } : {}));

/** DaemonSets of extensions/v1beta1. */
export const daemonSetConversion = (apiVersion: string): Conversion => movedField(apiVersion, 'templateGeneration', generationAnnotation,
  (value) => (value === undefined ? undefined : String(value)), (text) => Number(text) || undefined);

interface Templated extends KubeObject {
  spec?: {
    selector?: object;
    template?: { metadata?: { labels?: Record<string, string> } };
    revisionHistoryLimit?: number;
    progressDeadlineSeconds?: number;
    updateStrategy?: { type?: string; rollingUpdate?: unknown };
    strategy?: { type?: string; rollingUpdate?: { maxUnavailable?: unknown; maxSurge?: unknown } };
  };
}

/** A selector was taken from the template where it was not given, and labels of the object itself, too. */
export function labelsOfTemplate(object: KubeObject): void {
  const { spec, metadata } = object as Templated;
  const labels = spec?.template?.metadata?.labels;
  if (!spec || !labels) return;
  spec.selector ??= { matchLabels: { ...labels } };
  if (Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
}

const intMax = 2 ** 31 - 1;

/** extensions/v1beta1: one pod at a time, and no limit to histories and deadlines. */
export function extensionsDeploymentDefaults(object: KubeObject): void {
  labelsOfTemplate(object);
  const { spec } = object as Templated;
  if (!spec) return;
  spec.progressDeadlineSeconds ??= intMax;
  spec.revisionHistoryLimit ??= intMax;
  const strategy = spec.strategy ??= {};
  strategy.type ||= 'RollingUpdate';
  if (strategy.type !== 'RollingUpdate' && !strategy.rollingUpdate) return;
  strategy.rollingUpdate ??= {};
  strategy.rollingUpdate.maxUnavailable ??= 1;
  strategy.rollingUpdate.maxSurge ??= 1;
}

export function firstDeploymentDefaults(object: KubeObject): void {
  labelsOfTemplate(object);
  const { spec } = object as Templated;
  if (spec) spec.revisionHistoryLimit ??= 2;
}

/** Daemon sets of extensions/v1beta1 and stateful sets of apps/v1beta1 changed pods only when these were deleted. */
export function onDeleteDefaults(object: KubeObject): void {
  labelsOfTemplate(object);
  const { spec } = object as Templated;
  if (spec && !spec.updateStrategy?.type) spec.updateStrategy = { ...spec.updateStrategy, type: 'OnDelete' };
}
