import type { AdmissionResponse } from '../../../../api/generated/admission.v1';
import type { OutboundClient, Remote } from '../../outbound/client';
import { postReview, remoteOf } from '../../outbound/post';
import { uuid } from '../../registry/names';
import type { AdmissionRequest, Registry } from '../../registry/registry';
import type { Versioned } from '../matching/versioned';
import { CallFailure, denial, noDryRun } from './errors';
import { readResponse, reviewOf, reviewVersion, UnreadableAnswer, type Question } from './review';
import type { Webhook } from './source';

const defaultTimeoutSeconds = 10;

/**
 * Asks a webhook, and passes its warnings and notes on. Rejects with a CallFailure when there was no proper answer, with
 * an ApiError when the webhook refused or cannot be asked at all. Source: callAttrMutatingHook and callHook.
 */
export async function callWebhook(
  client: OutboundClient, registry: Registry, webhook: Webhook, request: AdmissionRequest, versioned: Versioned, isMutating: boolean,
): Promise<AdmissionResponse> {
  const { name, sideEffects, admissionReviewVersions, clientConfig, timeoutSeconds = defaultTimeoutSeconds } = webhook;
  if (request.context.dryRun && sideEffects !== 'None' && sideEffects !== 'NoneOnDryRun') throw noDryRun(name);
  const version = reviewVersion(admissionReviewVersions);
  if (!version) throw new CallFailure(name, 'could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)');
  const question: Question = { uid: uuid(registry.random), version, request, ...versioned };
  const body = await post(client, name, remoteOf(clientConfig), question, timeoutSeconds * 1000);
  const response = read(name, body, question, isMutating);
  for (const [key, value] of Object.entries(response.auditAnnotations ?? {})) request.context.annotate?.(`${name}/${key}`, value);
  for (const warning of response.warnings ?? []) request.context.warn(warning);
  if (!response.allowed) throw denial(name, response.status);
  return response;
}

const post = (client: OutboundClient, name: string, remote: Remote, question: Question, timeoutMs: number): Promise<Buffer> =>
  postReview(client, remote, reviewOf(question), timeoutMs).catch((error: Error) => Promise.reject(new CallFailure(name, `failed to call webhook: ${error.message}`)));

function read(name: string, body: Buffer, question: Question, isMutating: boolean): AdmissionResponse {
  try {
    return readResponse(body, question, isMutating);
  } catch (error) {
    const { message } = error as Error;
    throw new CallFailure(name, `${error instanceof UnreadableAnswer ? 'failed to call webhook' : 'received invalid webhook response'}: ${message}`);
  }
}
