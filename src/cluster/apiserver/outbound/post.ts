import type { WebhookClientConfig } from '../../../api/generated/admissionregistration.v1';
import { serverError } from '../../../api/server-error';
import type { OutboundClient, Remote } from './client';

/** What a configuration names. The default port is written out where that is a Service. */
export function remoteOf({ url, service, caBundle }: WebhookClientConfig): Remote {
  if (!service) return { url: url ?? '', ...(caBundle && { caBundle }) };
  const { namespace, name, path = '', port = 443 } = service;
  return { url: `https://${name}.${namespace}.svc:${port}${path || '/'}`, service: { namespace, name, port }, ...(caBundle && { caBundle }) };
}

/** The body of a good answer to a posted review. Rejects with an Error worded as client-go's. */
export async function postReview(client: OutboundClient, remote: Remote, review: object, timeoutMs: number): Promise<Buffer> {
  const { code, body } = await client.post(remote, JSON.stringify(review), timeoutMs);
  if (code < 200 || code > 206) throw serverError(code, 'POST', body.toString());
  return body;
}
