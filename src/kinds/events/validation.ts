import type { FieldError } from '../../api/errors';
import type { Event } from '../../api/generated/core.v1';
import { invalidEach, invalidValue, isDNS1123Subdomain, isQualifiedName, required, type Path } from '../../api/validation';

const wordMax = 128;
const noteMax = 1024;

function validateWord(value: string | undefined, path: Path): FieldError[] {
  return [
    ...(value ? [] : [required(path)]),
    ...((value ?? '').length > wordMax ? [invalidValue(path, '', `can have at most ${wordMax} characters`)] : []),
  ];
}

const mismatch = (namespace: string | undefined) => [invalidValue('involvedObject.namespace', namespace ?? '', 'does not match event.namespace')];

/** Events about cluster-scoped objects live in `default`. */
function validateNamespaces({ metadata: { namespace = '' }, involvedObject, eventTime }: Event): FieldError[] {
  const about = involvedObject.namespace;
  if (eventTime) return about || ['default', 'kube-system'].includes(namespace) ? [] : mismatch(about);
  if (!about) return ['', 'default'].includes(namespace) ? [] : mismatch(about);
  return about === namespace ? [] : mismatch(about);
}

/** `controllerField` is what the API version that was used calls the reporting controller. After legacyValidateEvent. */
export function validateEventAs(event: Event, controllerField: string): FieldError[] {
  const { metadata, eventTime, reportingComponent = '', reportingInstance, action, reason, message = '' } = event;
  return [
    ...validateNamespaces(event),
    ...(eventTime ? [
      ...(reportingComponent ? [] : [required(controllerField)]),
      ...invalidEach(controllerField, reportingComponent, isQualifiedName(reportingComponent)),
      ...validateWord(reportingInstance, 'reportingInstance'),
      ...validateWord(action, 'action'),
      ...validateWord(reason, 'reason'),
      ...(message.length > noteMax ? [invalidValue('message', '', `can have at most ${noteMax} characters`)] : []),
    ] : []),
    ...invalidEach('namespace', metadata.namespace ?? '', isDNS1123Subdomain(metadata.namespace ?? '')),
  ];
}
