import { STATUS_CODES } from 'node:http';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Remote } from '../loader/files';

const refusals: Record<string, string> = { ECONNREFUSED: 'connect: connection refused', ENOTFOUND: 'no such host' };

/** Go's words for a request that got no answer. */
function explain(url: string, error: unknown): Error {
  const cause = (error as Error).cause as (NodeJS.ErrnoException & { address?: string; port?: number; hostname?: string }) | undefined;
  const reason = refusals[cause?.code ?? ''];
  const where = cause?.address ? `${cause.address}:${cause.port}` : `lookup ${cause?.hostname ?? new URL(url).hostname}`;
  return new Error(`Get ${JSON.stringify(url)}: ${reason ? `dial tcp ${where}: ${reason}` : (cause?.message ?? (error as Error).message)}`);
}

/** Reads a file from the web, through the proxy that the environment names. */
export const fetchFile: Remote['fetch'] = async (url) => {
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const response = await fetch(url, { dispatcher }).catch((error: unknown) => {
      throw explain(url, error);
    });
    return { status: response.status, statusText: STATUS_CODES[response.status] ?? '', body: Buffer.from(await response.arrayBuffer()) };
  } finally {
    await dispatcher.close();
  }
};
