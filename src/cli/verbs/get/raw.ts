import type { Session } from '../../session';

/** The answer to a GET of any path, byte by byte. */
export async function getRaw(session: Session, path: string): Promise<void> {
  const client = await session.client();
  const response = await client.raw({ anyPath: true, path, accept: '*/*', stream: true });
  for await (const chunk of response.body) session.streams.out.write(chunk);
}
