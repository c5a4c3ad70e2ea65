import { readAll, type ApiResponse, type RestClient } from '../../../client/http';
import type { Session } from '../../session';

/** As Go's client. */
const redirectsMost = 10;

/** The answer to a GET of any path, byte by byte; the way that redirects lead on the same server is followed. */
export async function getRaw(session: Session, path: string): Promise<void> {
  const response = await follow(await session.client(), path);
  for await (const chunk of response.body) session.streams.out.write(chunk);
}

async function follow(client: RestClient, first: string): Promise<ApiResponse> {
  let path = first;
  for (let redirects = 0; redirects <= redirectsMost; redirects++) {
    const response = await client.raw({ anyPath: true, path, accept: '*/*', stream: true });
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.status) || typeof location !== 'string') return response;
    await readAll(response.body);
    path = onSameServer(location, path);
  }
  throw new Error(`Get ${JSON.stringify(first)}: stopped after ${redirectsMost} redirects`);
}

const here = 'http://here.invalid';

function onSameServer(location: string, from: string): string {
  const { origin, pathname, search } = new URL(location, `${here}${from}`);
  if (origin !== here) throw new Error(`Get ${JSON.stringify(from)}: redirects to another server are not followed: ${location}`);
  return `${pathname}${search}`;
}
