import type { ValidatingWebhook } from '../../../../api/generated/admissionregistration.v1';
import type { Store } from '../../../store';
import type { Authorizer } from '../../authz/authorizer';
import type { OutboundClient } from '../../outbound/client';
import type { AdmissionPlugin, AdmissionRequest, Registry } from '../../registry/registry';
import { isExempt } from '../matching/attributes';
import type { Versioned } from '../matching/versioned';
import { callWebhook } from './call';
import { failedClosed, isCallFailure } from './errors';
import { wantedAs } from './should-call';
import { WebhookSource, type Hook } from './source';

/** Asks all that are concerned at once; the first of them that refuses is heard. Source: validating/dispatcher.go. */
export function validatingWebhooks(store: Store, client: OutboundClient, authorizer: Authorizer): AdmissionPlugin {
  const source = new WebhookSource<ValidatingWebhook>(store, 'validatingwebhookconfigurations');
  return {
    name: 'ValidatingAdmissionWebhook',
    validate(request, registry) {
      const hooks = source.hooks();
      return hooks.length && !isExempt(request) ? askAll(client, authorizer, registry, request, hooks) : undefined;
    },
  };
}

async function askAll(client: OutboundClient, authorizer: Authorizer, registry: Registry, request: AdmissionRequest, hooks: readonly Hook<ValidatingWebhook>[]): Promise<void> {
  const concerned: { hook: Hook<ValidatingWebhook>; versioned: Versioned }[] = [];
  for (const hook of hooks) {
    const versioned = await wantedAs(registry, authorizer, hook, request);
    if (versioned) concerned.push({ hook, versioned });
  }
  const failures: unknown[] = [];
  await Promise.all(concerned.map(({ hook, versioned }, at) => ask(client, registry, request, hook, versioned, at).catch((error: unknown) => failures.push(error))));
  if (failures.length) throw failures[0];
}

async function ask(client: OutboundClient, registry: Registry, request: AdmissionRequest, { webhook }: Hook<ValidatingWebhook>, versioned: Versioned, at: number): Promise<void> {
  try {
    await callWebhook(client, registry, webhook, request, versioned, false);
  } catch (error) {
    if (!isCallFailure(error)) throw error;
    if (webhook.failurePolicy !== 'Ignore') throw failedClosed(error);
    request.context.annotate?.(`failed-open.validating.webhook.admission.k8s.io/round_0_index_${at}`, webhook.name);
  }
}
