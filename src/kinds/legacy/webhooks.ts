import type { MutatingWebhook, MutatingWebhookConfiguration, ValidatingWebhook, ValidatingWebhookConfiguration } from '../../api/generated/admissionregistration.v1beta1';
import { mutatingWebhookConfiguration } from '../admissionregistration.k8s.io/mutatingwebhookconfiguration/kind';
import { validatingWebhookConfiguration } from '../admissionregistration.k8s.io/validatingwebhookconfiguration/kind';
import { webhookStrategy } from '../admissionregistration.k8s.io/webhooks';
import type { KubeObject } from '../../api/meta';
import type { Kind } from '../kind';

type Configuration = MutatingWebhookConfiguration | ValidatingWebhookConfiguration;

/** Those of v1 with what its predecessor let through: webhooks that do more than answer. */
export const webhookConfigurations: readonly Kind[] = [
  { ...mutatingWebhookConfiguration, strategy: webhookStrategy(() => undefined, true) } as Kind,
  { ...validatingWebhookConfiguration, strategy: webhookStrategy(() => undefined, true) } as Kind,
];

/** Of v1beta1, where they are others than today's. After pkg/apis/admissionregistration/v1beta1/defaults.go. */
export function webhookDefaults(object: KubeObject): void {
  for (const webhook of ((object as Configuration).webhooks ?? []) as (MutatingWebhook | ValidatingWebhook)[]) {
    webhook.failurePolicy ??= 'Ignore';
    webhook.matchPolicy ??= 'Exact';
    webhook.sideEffects ??= 'Unknown';
    webhook.timeoutSeconds ??= 30;
    if (!webhook.admissionReviewVersions?.length) webhook.admissionReviewVersions = ['v1beta1'];
    if (object.kind === 'MutatingWebhookConfiguration') (webhook as MutatingWebhook).reinvocationPolicy ??= 'Never';
  }
}
