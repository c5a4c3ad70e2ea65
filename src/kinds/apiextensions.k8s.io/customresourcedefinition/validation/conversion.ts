import { X509Certificate } from 'node:crypto';
import type { FieldError } from '../../../../api/errors';
import type { CustomResourceConversion, CustomResourceDefinitionSpec, WebhookConversion } from '../../../../api/generated/apiextensions.v1';
import { forbiddenField, invalidEach, invalidValue, isDNS1035Label, required, ShownAs, validateWebhookService, validateWebhookURL } from '../../../../api/validation';
import { oneOf } from '../../../validating';

const reviewVersions = ['v1', 'v1beta1'];

/** Source: validateCustomResourceConversion, whose paths are those of the internal form. */
export function conversionErrors({ conversion, preserveUnknownFields }: CustomResourceDefinitionSpec, path: string, mayKeepBundle: boolean): FieldError[] {
  if (!conversion) return [];
  return [
    ...(conversion.strategy !== 'None' && preserveUnknownFields ? [invalidValue(`${path}.strategy`, conversion.strategy, 'must be None if spec.preserveUnknownFields is true')] : []),
    ...oneOf(conversion.strategy, ['None', 'Webhook'], `${path}.strategy`),
    ...(conversion.strategy === 'Webhook' ? webhookErrors(conversion.webhook, path, mayKeepBundle) : strayErrors(conversion, path)),
  ];
}

function webhookErrors(webhook: Partial<WebhookConversion> | undefined, path: string, mayKeepBundle: boolean): FieldError[] {
  const client = webhook?.clientConfig;
  return [
    ...(client ? clientErrors(client, `${path}.webhookClientConfig`, mayKeepBundle) : [required(`${path}.webhookClientConfig`, 'required when strategy is set to Webhook')]),
    ...versionErrors(webhook?.conversionReviewVersions ?? [], `${path}.conversionReviewVersions`),
  ];
}

function clientErrors({ url, service, caBundle }: NonNullable<WebhookConversion['clientConfig']>, path: string, mayKeepBundle: boolean): FieldError[] {
  return [
    ...((url === undefined) === (service === undefined) ? [required(path, 'exactly one of url or service is required')]
      : service ? validateWebhookService(service, `${path}.service`) : validateWebhookURL(url!, `${path}.url`)),
    ...(caBundle && !mayKeepBundle ? bundleErrors(caBundle, `${path}.caBundle`) : []),
  ];
}

function versionErrors(versions: readonly string[], path: string): FieldError[] {
  if (!versions.length) return [required(path)];
  return [
    ...versions.flatMap((version, i) => (versions.indexOf(version) < i
      ? [invalidValue(`${path}[${i}]`, version, 'duplicate version')] : invalidEach(`${path}[${i}]`, version, isDNS1035Label(version)))),
    ...(versions.some((version) => reviewVersions.includes(version)) ? [] : [invalidValue(path, versions, `must include at least one of ${reviewVersions.join(', ')}`)]),
  ];
}

function strayErrors({ webhook }: CustomResourceConversion, path: string): FieldError[] {
  const why = 'should not be set when strategy is not set to Webhook';
  return [
    ...(webhook?.clientConfig ? [forbiddenField(`${path}.webhookClientConfig`, why)] : []),
    ...(webhook?.conversionReviewVersions?.length ? [forbiddenField(`${path}.conversionReviewVersions`, why)] : []),
  ];
}

/** `bundle`: in base64. Source: ValidateCABundle in k8s.io/apiserver/pkg/util/webhook. */
export function bundleErrors(bundle: string, path: string): FieldError[] {
  const bytes = Buffer.from(bundle, 'base64');
  const why = bundleProblem(bytes.toString());
  if (why === undefined) return [];
  return [invalidValue(path, new ShownAs(`[]byte{${[...bytes].map((byte) => `0x${byte.toString(16)}`).join(', ')}}`), `unable to load root certificates: ${why}`)];
}

function bundleProblem(pem: string): string | undefined {
  if (!/-----BEGIN [A-Z ]+-----/.test(pem)) return 'unable to parse bytes as PEM block';
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (!certificates.length) return 'no valid certificate authority data seen';
  try {
    certificates.forEach((certificate) => new X509Certificate(certificate));
    return undefined;
  } catch (error) {
    return `failed to parse certificate: ${(error as Error).message}`;
  }
}
