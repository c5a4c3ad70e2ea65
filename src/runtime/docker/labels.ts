import { labels as nodeLabels } from './node/names';
import type { ContainerSpec, SandboxSpec } from '../port';

/** Labels of sandboxes, containers and volumes; all that a snapshot reads. */
export const labels = {
  ...nodeLabels,
  podUid: 'knarr.pod.uid',
  podName: 'knarr.pod.name',
  namespace: 'knarr.pod.namespace',
  attempt: 'knarr.attempt',
  ip: 'knarr.pod.ip',
  annotations: 'knarr.annotations',
  container: 'knarr.container',
  sandbox: 'knarr.sandbox',
  image: 'knarr.image',
  hash: 'knarr.spec-hash',
  terminationLog: 'knarr.termination-log',
  lastWordFromLogs: 'knarr.last-word-from-logs',
  sharesPid: 'knarr.shares-pid',
} as const;

export const roles = { sandbox: 'sandbox', container: 'container', volume: 'volume', helper: 'helper' } as const;

export function sandboxLabels(profile: string, spec: SandboxSpec): Record<string, string> {
  return {
    [labels.profile]: profile, [labels.role]: roles.sandbox, [labels.node]: spec.nodeName,
    [labels.podUid]: spec.podUid, [labels.podName]: spec.podName, [labels.namespace]: spec.namespace,
    [labels.attempt]: String(spec.attempt), [labels.annotations]: JSON.stringify(spec.annotations),
    ...(spec.ip !== undefined && { [labels.ip]: spec.ip }),
    ...(spec.shareProcessNamespace && { [labels.sharesPid]: 'true' }),
  };
}

/** What of a sandbox its containers have to say as well. */
export interface SandboxIdentity {
  id: string;
  podUid: string;
  podName: string;
  namespace: string;
  nodeName: string;
}

export function containerLabels(profile: string, sandbox: SandboxIdentity, spec: ContainerSpec, terminationLog: string | undefined): Record<string, string> {
  return {
    [labels.profile]: profile, [labels.role]: roles.container, [labels.node]: sandbox.nodeName,
    [labels.podUid]: sandbox.podUid, [labels.podName]: sandbox.podName, [labels.namespace]: sandbox.namespace,
    [labels.sandbox]: sandbox.id, [labels.container]: spec.name, [labels.attempt]: String(spec.attempt),
    [labels.image]: spec.image, [labels.hash]: spec.specHash, [labels.annotations]: JSON.stringify(spec.annotations),
    ...(terminationLog !== undefined && { [labels.terminationLog]: terminationLog }),
    ...(spec.terminationMessageFromLogs && { [labels.lastWordFromLogs]: 'true' }),
  };
}

/** `knarr-<profile>-<namespace>-<pod>-<what>-<start of the uid>-<attempt>` */
export function containerName(profile: string, pod: { namespace: string; podName: string; podUid: string }, what: string, attempt: number): string {
  return ['knarr', profile, pod.namespace, pod.podName, what, pod.podUid.slice(0, 8), attempt].join('-').replace(/[^a-zA-Z0-9_.-]/g, '_');
}
