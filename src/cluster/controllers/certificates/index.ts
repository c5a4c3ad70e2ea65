import { timestamp } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';
import { certificateSigningRequests } from '../../../kinds/resources';
import type { Loop, LoopOptions } from '../controller';
import { OwnWrites } from '../own-writes';
import { WorkQueue } from '../work-queue';
import { decide, type SigningRequest } from './decide';

export type { SigningRequest } from './decide';

/** Resolves to the PEM of the certificate. */
export type SignCertificate = (request: SigningRequest) => Promise<string>;

const workers = 2;

/**
 * Signs approved certificate signing requests with the cluster's authority, and removes old ones.
 * After k8s.io/kubernetes/pkg/controller/certificates, signer and cleaner.
 */
export function startCertificateSigner(sign: SignCertificate, { client, informers, clock, log, observeQueue }: LoopOptions): Loop {
  const queue: WorkQueue = new WorkQueue({ clock, workers, work, observer: observeQueue?.('certificate') });
  const requests = informers.for<CertificateSigningRequest>(certificateSigningRequests);
  const wake = ({ metadata }: CertificateSigningRequest) => queue.add(metadata.name);
  const unsubscribe = requests.subscribe({ added: wake, updated: wake, deleted: () => undefined });
  queue.start();

  async function work(name: string): Promise<void> {
    const csr = requests.get(name);
    if (!csr) return;
    const writes = new OwnWrites();
    try {
      await carryOut(csr, writes);
      queue.forget(name);
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound')) log(`certificate signing request ${name}: ${String(error)}`);
      queue.retry(name);
    }
    await writes.observed(informers);
  }

  async function carryOut(csr: CertificateSigningRequest, writes: OwnWrites): Promise<void> {
    const decision = decide(csr, clock.now());
    const { metadata: { name, uid }, status } = csr;
    if (decision.type === 'wait') return queue.addAfter(name, decision.ms);
    if (decision.type === 'remove') return client.delete(certificateSigningRequests, name, undefined, uid ? { preconditions: { uid } } : {});
    if (decision.type === 'sign') return write(csr, { ...status, certificate: Buffer.from(await sign(decision.request)).toString('base64') }, writes);
    const now = timestamp(clock.now());
    const failed = { type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message: decision.message, lastUpdateTime: now, lastTransitionTime: now };
    return write(csr, { ...status, conditions: [...(status?.conditions ?? []), failed] }, writes);
  }

  async function write(csr: CertificateSigningRequest, status: CertificateSigningRequest['status'], writes: OwnWrites): Promise<void> {
    const object = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', ...csr, status } as CertificateSigningRequest;
    writes.wrote(certificateSigningRequests, await client.update(certificateSigningRequests, object, { subresource: 'status' }));
  }

  return {
    async stop() {
      unsubscribe();
      await queue.stop();
    },
  };
}
