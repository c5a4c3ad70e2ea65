import type { ValidatingWebhookConfiguration } from '../../../api/generated/admissionregistration.v1';
import type { Kind } from '../../kind';
import { webhookColumns, webhookStrategy } from '../webhooks';

export const validatingWebhookConfiguration: Kind<ValidatingWebhookConfiguration> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
  singular: 'validatingwebhookconfiguration',
  categories: ['api-extensions'],
  namespaced: false,
  schema: 'io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration',
  strategy: webhookStrategy<ValidatingWebhookConfiguration>(() => undefined),
  columns: webhookColumns,
};
