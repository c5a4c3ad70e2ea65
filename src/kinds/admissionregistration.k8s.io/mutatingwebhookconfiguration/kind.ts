import type { MutatingWebhookConfiguration } from '../../../api/generated/admissionregistration.v1';
import type { Kind } from '../../kind';
import { webhookColumns, webhookStrategy } from '../webhooks';

export const mutatingWebhookConfiguration: Kind<MutatingWebhookConfiguration> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
  singular: 'mutatingwebhookconfiguration',
  categories: ['api-extensions'],
  namespaced: false,
  schema: 'io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration',
  strategy: webhookStrategy<MutatingWebhookConfiguration>((webhook) => { webhook.reinvocationPolicy ??= 'Never'; }),
  columns: webhookColumns,
};
