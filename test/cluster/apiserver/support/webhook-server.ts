import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority, issue } from '../../../../src/cluster/daemon/pki/certificates';
import { systemClock } from '../../../../src/api/clock';

export interface ReceivedRequest {
  readonly path: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a review of any version
  readonly review: any;
}

/** What the server says to a request: an object as JSON, a text as it is, with a status; undefined is never answered. */
export type Script = (request: ReceivedRequest) => { code?: number; body: object | string } | undefined;

/** An HTTPS server on loopback for reviews, which does what its script says. */
export interface WebhookServer {
  readonly port: number;
  /** PEM in base64, of the authority that signed its certificate. */
  readonly caBundle: string;
  readonly received: ReceivedRequest[];
  script: Script;
  close(): Promise<void>;
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Admits everything: the plainest script. */
export const admits: Script = ({ review }) => answer(review, {});

/** An AdmissionReview in answer to one. */
export const answer = (review: ReceivedRequest['review'], response: object) =>
  ({ body: { kind: review.kind, apiVersion: review.apiVersion, response: { uid: review.request.uid, allowed: true, ...response } } });

export const patchAnswer = (review: ReceivedRequest['review'], patch: object[]) => answer(review, { patchType: 'JSONPatch', patch: base64(JSON.stringify(patch)) });

export async function startWebhookServer(dnsNames: string[] = ['localhost', 'hook.default.svc'], script: Script = admits): Promise<WebhookServer> {
  const authority = await createAuthority('webhooks', systemClock.now());
  const { cert, key } = await issue(authority, { commonName: 'hook', usage: 'server', dnsNames }, systemClock.now());
  const hook = { port: 0, caBundle: base64(authority.cert), received: [] as ReceivedRequest[], script, close: () => Promise.resolve() };
  const server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received = { path: request.url ?? '', review: JSON.parse(Buffer.concat(chunks).toString()) as ReceivedRequest['review'] };
      hook.received.push(received);
      const said = hook.script(received);
      if (!said) return;
      const isText = typeof said.body === 'string';
      response.writeHead(said.code ?? 200, { 'content-type': isText ? 'text/plain' : 'application/json' });
      response.end(isText ? said.body : JSON.stringify(said.body));
    });
  });
  await listening(server);
  hook.port = (server.address() as AddressInfo).port;
  hook.close = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
  return hook;
}

const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
