import { badRequest, invalid, type FieldError } from '../../../api/errors';
import { forbiddenField, notSupportedInOrder } from '../../../api/validation';

interface Options {
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
  readonly continue?: string;
  readonly sendInitialEvents?: boolean;
}

const match = 'resourceVersionMatch';
const forbidden = (isWrong: unknown, detail: string, field = match): FieldError[] => (isWrong ? [forbiddenField(field, detail)] : []);
const unsupported = (value: string, values: string[]): FieldError[] => (value && !values.includes(value) ? [notSupportedInOrder(match, value, values)] : []);

/** Throws BadRequest, Invalid. Source: ValidateListOptions in k8s.io/apimachinery/pkg/apis/meta/internalversion/validation. */
export function validateListOptions({ resourceVersion = '', resourceVersionMatch = '', continue: token = '', sendInitialEvents }: Options): void {
  if (token && resourceVersion && resourceVersion !== '0') throw badRequest('specifying resource version is not allowed when using continue');
  refuse([
    ...forbidden(resourceVersionMatch && !resourceVersion, 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
    ...forbidden(resourceVersionMatch && token, 'resourceVersionMatch is forbidden when continue is provided'),
    ...unsupported(resourceVersionMatch, ['Exact', 'NotOlderThan', '']),
    ...forbidden(resourceVersionMatch === 'Exact' && resourceVersion === '0', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
    ...forbidden(sendInitialEvents !== undefined, 'sendInitialEvents is forbidden for list', 'sendInitialEvents'),
  ]);
}

/** Throws Invalid. Source: validateWatchOptions, beside it. */
export function validateWatchOptions({ resourceVersionMatch = '', continue: token = '', sendInitialEvents }: Options): void {
  refuse([
    ...forbidden(sendInitialEvents !== undefined && resourceVersionMatch !== 'NotOlderThan', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
    ...forbidden(resourceVersionMatch && sendInitialEvents === undefined, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'),
    ...unsupported(resourceVersionMatch, ['NotOlderThan']),
    ...forbidden(resourceVersionMatch && token, 'resourceVersionMatch is forbidden when continue is provided'),
  ]);
}

function refuse(errors: FieldError[]): void {
  if (errors.length) throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors);
}
