import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { resourcePath } from '../../../client/http';
import { openPortForward, type PortForward } from '../../../client/remote';
import type { Pod } from '../../../api/generated/core.v1';
import { isDisabled } from '../../feature-gates';
import { podsResource } from '../../pods/behind';
import type { Session } from '../../session';

/** Opens the connection that a pod's ports are reached over. Throws in client-go's words. */
export async function openTunnel(session: Session, { metadata }: Pod): Promise<PortForward> {
  const path = resourcePath(podsResource, metadata.namespace, metadata.name, 'portforward');
  try {
    return await openPortForward(await session.connection(), path, { webSockets: !isDisabled(session, 'KUBECTL_PORT_FORWARD_WEBSOCKETS') });
  } catch (error) {
    throw new Error(`error upgrading connection: ${(error as Error).message}`);
  }
}

/** Carries one connection of a local program. Resolves to what the server says went wrong, '' for nothing. */
export async function carry(socket: Socket, tunnel: PortForward, remote: number): Promise<string> {
  const { data, failure } = await tunnel.connect(remote);
  await new Promise<void>((resolve) => {
    // In both directions, each ending by itself; how it ends is the failure's to tell.
    pipeline(socket, data, socket, () => resolve());
  });
  data.destroy();
  socket.destroy();
  return failure;
}
