import type { Container, Pod } from '../../../api/generated/core.v1';
import type { Recorder } from '../../../client/record';

type Severity = 'Normal' | 'Warning';

/** Events about pods and their containers. */
export class PodEvents {
  constructor(private readonly recorder: Recorder) {}

  pod(pod: Pod, severity: Severity, reason: string, message: string, fieldPath?: string): void {
    const { name, namespace, uid, resourceVersion } = pod.metadata;
    this.recorder.record({
      about: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid, ...(resourceVersion !== undefined && { resourceVersion }), ...(fieldPath !== undefined && { fieldPath }) },
      severity, reason, message,
    });
  }

  container(pod: Pod, container: Pick<Container, 'name'>, severity: Severity, reason: string, message: string): void {
    this.pod(pod, severity, reason, message, fieldPath(pod, container.name));
  }
}

function fieldPath({ spec }: Pod, name: string): string {
  const has = (list: { name: string }[] | undefined) => list?.some((container) => container.name === name);
  const list = has(spec.initContainers) ? 'initContainers' : has(spec.ephemeralContainers) ? 'ephemeralContainers' : 'containers';
  return `spec.${list}{${name}}`;
}
