import { badRequest } from '../../../api/errors';
import type { ContainerStatus, Pod } from '../../../api/generated/core.v1';
import { runtimeId } from '../status/containers';

const waitingFor: Record<string, string> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

/** The runtime's id of the container whose logs are meant. Throws BadRequest, in upstream's words, where there are none. After kubelet's validateContainerLogStatus. */
export function logTarget({ metadata, status }: Pod, container: string, previous: boolean): string {
  const which = `container "${container}" in pod "${metadata.name}"`;
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
  const found = all.find(({ name }) => name === container);
  if (!found) throw badRequest(`${which} is not available`);
  const id = previous ? found.lastState?.terminated?.containerID : currentId(found, which);
  if (!id) throw badRequest(previous ? `previous terminated ${which} not found` : `${which} is terminated`);
  return runtimeId(id);
}

function currentId({ state, lastState, containerID }: ContainerStatus, which: string): string | undefined {
  if (state?.running) return containerID;
  if (state?.terminated) return state.terminated.containerID || lastState?.terminated?.containerID;
  if (lastState?.terminated) return lastState.terminated.containerID;
  const reason = state?.waiting?.reason ?? '';
  throw badRequest(state?.waiting ? `${which} is waiting to start: ${waitingFor[reason] ?? reason}` : `${which} is waiting to start - no logs yet`);
}
