import type { FieldError } from '../../api/errors';
import { quote } from '../../api/go/quote';
import { invalidValue, isDNS1123Label, isDNS1123Subdomain, required, tooLong, type Path } from '../../api/validation';

const legacySigner = 'kubernetes.io/legacy-unknown';
const domainMax = 253;
const nameMax = 571;

/** `example.com/signer-name` */
export function validateSignerName(name: string | undefined, path: Path): FieldError[] {
  if (!name) return [required(path)];
  if (name === legacySigner) return [invalidValue(path, name, 'the legacy signerName is not allowed via this API version')];
  const [domain = '', rest, more] = name.split('/');
  if (rest === undefined || more !== undefined) return [invalidValue(path, name, `must be a fully qualified domain and path of the form 'example.com/signer-name'`)];
  const firstWrong = (text: string, rule: (label: string) => string[]) => {
    const label = text.split('.').find((each) => rule(each).length > 0);
    return label === undefined ? [] : rule(label).map((why) => invalidValue(path, text, `validating label ${quote(label)}: ${why}`));
  };
  return [
    ...(domain.length > domainMax ? [tooLong(path, domainMax)] : []),
    ...firstWrong(domain, isDNS1123Label),
    ...(domain.includes('.') ? [] : [invalidValue(path, domain, 'should be a domain with at least two segments separated by dots')]),
    ...firstWrong(rest, isDNS1123Subdomain),
    ...(name.length > nameMax ? [tooLong(path, nameMax)] : []),
  ];
}
