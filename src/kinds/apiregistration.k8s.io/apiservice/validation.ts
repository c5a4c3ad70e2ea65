import type { FieldError } from '../../../api/errors';
import type { APIService, APIServiceSpec } from '../../../api/generated/apiregistration.v1';
import { quote } from '../../../api/go/quote';
import {
  invalidEach, invalidValue, isDNS1035Label, isDNS1123Subdomain, isPortNum, nameIsPathSegment, notSupportedInOrder, required, validateObjectMeta,
} from '../../../api/validation';
import { each, present } from '../../validating';

/** Source: ValidateAPIService in k8s.io/kube-aggregator/pkg/apis/apiregistration/validation. */
export function validateAPIService({ metadata, spec }: APIService): FieldError[] {
  const { group = '', version = '', groupPriorityMinimum, versionPriority, service } = spec;
  return [
    ...validateObjectMeta(metadata, false, (name) => nameErrors(name, `${version}.${group}`)),
    ...(!group && version !== 'v1' ? [required('spec.group', 'only v1 may have an empty group and it better be legacy kube')] : []),
    ...(group ? invalidEach('spec.group', group, isDNS1123Subdomain(group)) : []),
    ...invalidEach('spec.version', version, isDNS1035Label(version)),
    ...within('spec.groupPriorityMinimum', groupPriorityMinimum, 20000),
    ...within('spec.versionPriority', versionPriority, 1000),
    ...(service ? remoteErrors(spec, service) : localErrors(spec)),
  ];
}

function nameErrors(name: string, wanted: string): string[] {
  const wrong = nameIsPathSegment(name, false);
  if (wrong.length) return wrong;
  return name === wanted ? [] : [`must be \`spec.version+"."+spec.group\`: ${quote(wanted)}`];
}

const within = (path: string, value: number, max: number) =>
  (value > 0 && value <= max ? [] : [invalidValue(path, value ?? 0, `must be positive and less than ${max}`)]);

function localErrors({ caBundle, insecureSkipTLSVerify }: APIServiceSpec): FieldError[] {
  const bytes = Buffer.from(caBundle ?? '', 'base64').length;
  return [
    ...(bytes ? [invalidValue('spec.caBundle', `${bytes} bytes`, 'local APIServices may not have a caBundle')] : []),
    ...(insecureSkipTLSVerify ? [invalidValue('spec.insecureSkipTLSVerify', true, 'local APIServices may not have insecureSkipTLSVerify')] : []),
  ];
}

function remoteErrors({ caBundle, insecureSkipTLSVerify }: APIServiceSpec, { namespace, name, port = 0 }: NonNullable<APIServiceSpec['service']>): FieldError[] {
  const wrong = isPortNum(port);
  return [
    ...present(namespace, 'spec.service.namespace'),
    ...present(name, 'spec.service.name'),
    ...(wrong.length ? [invalidValue('spec.service.port', port, `port is not valid: ${wrong.join(', ')}`)] : []),
    ...(insecureSkipTLSVerify && caBundle ? [invalidValue('spec.insecureSkipTLSVerify', true, 'may not be true if caBundle is present')] : []),
  ];
}

const statuses = ['True', 'False', 'Unknown'];

/** Source: ValidateAPIServiceStatus. */
export const validateAPIServiceStatus = ({ status }: APIService): FieldError[] => each(status?.conditions, 'status.conditions', ({ status: holds }, path) =>
  (statuses.includes(holds) ? [] : [notSupportedInOrder(`${path}.status`, holds, statuses)]));
