import type { FieldError } from '../errors';
import { invalidValue, required } from './errors';
import { isDNS1123Subdomain, isPortNum } from './names';
import type { Path } from './path';

// Wording: k8s.io/apiserver/pkg/util/webhook/validation.go.

const form = '; desired format: https://host[/path]';

/** The parts of a URL as Go's net/url takes them; all of them may be missing. */
function partsOf(url: string) {
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(.*)$/s.exec(url) ?? [];
  const [, authority = '', query = '', fragment = ''] = /^(?:\/\/([^/?#]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/s.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  return { scheme: scheme.toLowerCase(), host: authority.slice(at + 1), user: at < 0 ? undefined : authority.slice(0, at), query, fragment };
}

export function validateWebhookURL(url: string, path: Path): FieldError[] {
  const { scheme, host, user, query, fragment } = partsOf(url);
  return [
    ...(scheme === 'https' ? [] : [invalidValue(path, scheme, `'https' is the only allowed URL scheme${form}`)]),
    ...(host ? [] : [invalidValue(path, host, `host must be specified${form}`)]),
    ...(user === undefined ? [] : [invalidValue(path, user, 'user information is not permitted in the URL')]),
    ...(fragment ? [invalidValue(path, fragment, 'fragments are not permitted in the URL')] : []),
    ...(query ? [invalidValue(path, query, 'query parameters are not permitted in the URL')] : []),
  ];
}

export interface WebhookService {
  readonly namespace?: string;
  readonly name?: string;
  readonly path?: string;
  readonly port?: number;
}

export function validateWebhookService({ name, namespace, path: urlPath, port = 443 }: WebhookService, path: Path): FieldError[] {
  const wrongPort = isPortNum(port);
  return [
    ...(name ? [] : [required(`${path}.name`, 'service name is required')]),
    ...(namespace ? [] : [required(`${path}.namespace`, 'service namespace is required')]),
    ...(wrongPort.length ? [invalidValue(`${path}.port`, port, `port is not valid: ${wrongPort.join(', ')}`)] : []),
    ...pathErrors(urlPath, `${path}.path`),
  ];
}

function pathErrors(urlPath: string | undefined, path: Path): FieldError[] {
  if (!urlPath || urlPath === '/') return [];
  if (urlPath === '//') return [invalidValue(path, urlPath, 'segment[0] may not be empty')];
  const segments = urlPath.slice(1).replace(/\/$/, '').split('/');
  return [
    ...(urlPath.startsWith('/') ? [] : [invalidValue(path, urlPath, "must start with a '/'")]),
    ...segments.flatMap((segment, at) => (segment
      ? isDNS1123Subdomain(segment).map((why) => invalidValue(path, urlPath, `segment[${at}]: ${why}`))
      : [invalidValue(path, urlPath, `segment[${at}] may not be empty`)])),
  ];
}
