import type { VolumeContent } from '../../../runtime/port';
import { podDns } from '../spec/dns';
import { hostsFile, nodeHostsFile } from '../spec/hosts';
import { ownVolume } from '../spec/mounts';
import { podDomain, podHostname } from '../spec/names';
import { volumeContent } from '../volumes/content';
import type { Pod } from '../../../api/generated/core.v1';
import { placeOf, type Host } from './host';
import { runtimeUid } from '../spec/uid';

/** Makes all volumes of the pod, or refreshes those that change. Rejects with the first failure, in the words of FailedMount. */
export async function mountVolumes(host: Host, pod: Pod, podIP: string | undefined, isRefresh: boolean): Promise<void> {
  const place = placeOf(host, podIP ?? pod.status?.podIP);
  const volumes = (pod.spec.volumes ?? []).filter(({ image }) => !isRefresh || !image);
  await Promise.all(volumes.map(async (volume) => {
    try {
      const content = await volumeContent(volume, { pod, place, sources: host.sources, images: host.images });
      await host.runtime.ensureVolume(runtimeUid(pod), volume.name, content);
    } catch (error) {
      throw new Error(`MountVolume.SetUp failed for volume "${volume.name}" : ${(error as Error).message}`);
    }
  }));
}

/** The hosts file, and resolv.conf where the engine cannot be told. */
export async function mountOwnFiles(host: Host, pod: Pod, podIP: string): Promise<void> {
  const files = [{ path: 'hosts', data: Buffer.from(hostsOf(host, pod, podIP)), mode: 0o644 }];
  if (pod.spec.hostNetwork) files.push({ path: 'resolv.conf', data: Buffer.from(resolvConf(pod, host)), mode: 0o644 });
  const content: VolumeContent = { type: 'files', files };
  await host.runtime.ensureVolume(runtimeUid(pod), ownVolume, content);
}

function hostsOf({ nodeName, dns }: Host, pod: Pod, podIP: string): string {
  const { hostNetwork, hostAliases = [] } = pod.spec;
  return hostNetwork ? nodeHostsFile(podIP, nodeName, hostAliases) : hostsFile(podIP, podHostname(pod), podDomain(pod, dns.clusterDomain), hostAliases);
}

function resolvConf(pod: Pod, host: Host): string {
  const { servers, searches, options } = podDns(pod, host.dns);
  const lines = [...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []), ...servers.map((server) => `nameserver ${server}`), ...(options.length > 0 ? [`options ${options.join(' ')}`] : [])];
  return `${lines.join('\n')}\n`;
}
