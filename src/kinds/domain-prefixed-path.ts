import type { FieldError } from '../api/errors';
import { invalidEach, invalidValue, isDNS1123Subdomain, regexMessage, required, type Path } from '../api/validation';

const pathFormat = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const pathPattern = new RegExp(`^${pathFormat}$`);

/** `example.com/some/path`. After IsDomainPrefixedPath. */
export function validateDomainPrefixedPath(value: string, path: Path): FieldError[] {
  if (!value) return [required(path)];
  const slash = value.indexOf('/');
  const [host, rest] = [value.slice(0, Math.max(slash, 0)), value.slice(slash + 1)];
  if (!host || !rest) return [invalidValue(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  return [
    ...invalidEach(path, host, isDNS1123Subdomain(host)),
    ...(pathPattern.test(rest) ? [] : [invalidValue(path, rest, regexMessage('Invalid path', pathFormat))]),
  ];
}
