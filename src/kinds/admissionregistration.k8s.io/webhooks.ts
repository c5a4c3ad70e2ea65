import type { FieldError } from '../../api/errors';
import type {
  MutatingWebhook, MutatingWebhookConfiguration, ValidatingWebhook, ValidatingWebhookConfiguration, WebhookClientConfig,
} from '../../api/generated/admissionregistration.v1';
import {
  duplicate, invalidEach, invalidValue, isDNS1035Label, isDNS1123Subdomain, nameIsDNSSubdomain, notSupported, required,
  validateLabelSelector, validateObjectMeta, validateWebhookService, validateWebhookURL, type Path,
} from '../../api/validation';
import type { Column, Strategy } from '../kind';
import { age } from '../printing';
import { each, type Check } from '../validating';
import { validateConditions } from './expressions';
import { validateRule } from './rules';

type Webhook = ValidatingWebhook | MutatingWebhook;
type Configuration = ValidatingWebhookConfiguration | MutatingWebhookConfiguration;

const reviewVersions = ['v1', 'v1beta1'];
const timeoutMaxSeconds = 30;

function defaultWebhook(webhook: Webhook): void {
  webhook.failurePolicy ??= 'Fail';
  webhook.matchPolicy ??= 'Equivalent';
  webhook.namespaceSelector ??= {};
  webhook.objectSelector ??= {};
  webhook.timeoutSeconds ??= 10;
  for (const rule of webhook.rules ?? []) rule.scope ??= '*';
  if (webhook.clientConfig?.service) webhook.clientConfig.service.port ??= 443;
}

const supportedIn = (value: string | undefined, supported: readonly string[], path: Path): FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [notSupported(path, value, supported)];

function validateClient({ url, service }: Partial<WebhookClientConfig>, path: Path): FieldError[] {
  if ((url === undefined) === (service === undefined)) return [required(path, 'exactly one of url or service is required')];
  return service ? validateWebhookService(service, `${path}.service`) : validateWebhookURL(url!, `${path}.url`);
}

function validateName(name: string | undefined, path: Path): FieldError[] {
  if (!name) return [required(path)];
  return [
    ...invalidEach(path, name, isDNS1123Subdomain(name)),
    ...(name.split('.').length < 3 ? [invalidValue(path, name, 'should be a domain with at least three segments separated by dots')] : []),
  ];
}

function validateVersions(versions: readonly string[], path: Path): FieldError[] {
  if (versions.length === 0) return [required(path, `must specify one of ${reviewVersions.join(', ')}`)];
  return [
    ...each(versions, path, (version, at) => invalidEach(at, version, isDNS1035Label(version))),
    ...versions.flatMap((version, i) => versions.indexOf(version) < i ? [invalidValue(`${path}[${i}]`, version, 'duplicate version')] : []),
    ...(versions.some((version) => reviewVersions.includes(version)) ? [] : [invalidValue(path, versions, `must include at least one of ${reviewVersions.join(', ')}`)]),
  ];
}

const harmless = ['None', 'NoneOnDryRun'];
const anyEffects = [...harmless, 'Some', 'Unknown'];

const validateWebhook = (sideEffectsAllowed: readonly string[]): Check<Webhook> => (webhook, path) => {
  const { timeoutSeconds = 10, sideEffects } = webhook;
  return [
    ...validateName(webhook.name, `${path}.name`),
    ...each(webhook.rules ?? [], `${path}.rules`, validateRule),
    ...supportedIn(webhook.failurePolicy, ['Fail', 'Ignore'], `${path}.failurePolicy`),
    ...supportedIn(webhook.matchPolicy, ['Equivalent', 'Exact'], `${path}.matchPolicy`),
    ...(sideEffects ? supportedIn(sideEffects, sideEffectsAllowed, `${path}.sideEffects`) : [required(`${path}.sideEffects`, `must specify one of ${sideEffectsAllowed.join(', ')}`)]),
    ...(timeoutSeconds > timeoutMaxSeconds || timeoutSeconds < 1
      ? [invalidValue(`${path}.timeoutSeconds`, timeoutSeconds, `the timeout value must be between 1 and ${timeoutMaxSeconds} seconds`)] : []),
    ...validateLabelSelector(webhook.namespaceSelector, `${path}.namespaceSelector`),
    ...validateLabelSelector(webhook.objectSelector, `${path}.objectSelector`),
    ...validateClient(webhook.clientConfig ?? {}, `${path}.clientConfig`),
    ...validateConditions(webhook.matchConditions, `${path}.matchConditions`, false),
    ...('reinvocationPolicy' in webhook ? supportedIn(webhook.reinvocationPolicy, ['IfNeeded', 'Never'], `${path}.reinvocationPolicy`) : []),
    ...validateVersions(webhook.admissionReviewVersions ?? [], `${path}.admissionReviewVersions`),
  ];
};

/** Of one that an older version let in. */
const hasEffects = ({ webhooks }: Configuration): boolean => ((webhooks ?? []) as readonly Webhook[]).some(({ sideEffects }) => !harmless.includes(sideEffects ?? ''));

/**
 * After SetDefaults_ValidatingWebhook and ValidateValidatingWebhookConfiguration; `defaultMore` for what only one of the two
 * has. `mayHaveEffects`: of the version before v1.
 */
export function webhookStrategy<T extends Configuration>(defaultMore: (webhook: NonNullable<T['webhooks']>[number]) => void, mayHaveEffects = false): Strategy<T> {
  return {
    setDefaults({ webhooks }) {
      for (const webhook of webhooks ?? []) {
        defaultWebhook(webhook);
        defaultMore(webhook);
      }
    },
    validate({ metadata, webhooks }, old) {
      const list: readonly Webhook[] = webhooks ?? [];
      const names = list.map(({ name }) => name);
      return [
        ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
        ...each(list, 'webhooks', validateWebhook(mayHaveEffects || (old && hasEffects(old)) ? anyEffects : harmless)),
        ...names.flatMap((name, i) => name && names.indexOf(name) < i ? [duplicate(`webhooks[${i}].name`, name)] : []),
      ];
    },
    generationOf: ({ webhooks }) => webhooks ?? [],
    allowUnconditionalUpdate: false,
  };
}

export const webhookColumns: readonly Column<Configuration>[] = [
  { name: 'Webhooks', type: 'integer', value: ({ webhooks }) => webhooks?.length ?? 0 },
  age,
];
