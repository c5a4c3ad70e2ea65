import type { FieldError } from '../../../api/errors';
import type { LimitResponse, LimitedPriorityLevelConfiguration, PriorityLevelConfiguration, PriorityLevelConfigurationSpec, QueuingConfiguration } from '../../../api/generated/flowcontrol.v1';
import { forbiddenField, invalidValue, nameIsDNSSubdomain, notSupported, required, semanticEqual, validateObjectMeta, type Path } from '../../../api/validation';
import { optional } from '../../validating';
import { mandatoryLevels } from '../defaults/mandatory';

const queuesMax = 10_000_000;
/** Of the hash that deals queues to flows. */
const hashBitsMax = 60;

const percent = (value: number, path: Path): FieldError[] => (value >= 0 && value <= 100 ? [] : [invalidValue(path, value, 'must be between 0 and 100, inclusive')]);
const positive = (value: number, path: Path): FieldError[] => (value > 0 ? [] : [invalidValue(path, value, 'must be positive')]);
const shares = (value: number, path: Path): FieldError[] => (value >= 0 ? [] : [invalidValue(path, value, 'must be a non-negative integer')]);

function handProblem(handSize: number, queues: number): string | undefined {
  if (handSize <= 0) return 'must be positive';
  if (handSize > queues) return `should not be greater than queues (${queues})`;
  return Math.ceil(Math.log2(queues) * handSize) > hashBitsMax
    ? `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${hashBitsMax}` : undefined;
}

function validateQueuing({ queueLengthLimit = 0, queues = 0, handSize = 0 }: QueuingConfiguration, path: Path): FieldError[] {
  const problem = handProblem(handSize, queues);
  return [
    ...positive(queueLengthLimit, `${path}.queueLengthLimit`),
    ...(queues > queuesMax ? [invalidValue(`${path}.queues`, queues, `must not be greater than ${queuesMax}`)] : positive(queues, `${path}.queues`)),
    ...(problem ? [invalidValue(`${path}.handSize`, handSize, problem)] : []),
  ];
}

function validateResponse(response: LimitResponse | undefined, path: Path): FieldError[] {
  const at = `${path}.queuing`;
  switch (response?.type) {
    case 'Reject': return response.queuing ? [forbiddenField(at, 'must be nil if limited.limitResponse.type is not Limited')] : [];
    case 'Queue': return response.queuing ? validateQueuing(response.queuing, at) : [required(at, 'must not be empty if limited.limitResponse.type is Limited')];
    default: return [notSupported(`${path}.type`, response?.type ?? '', ['Queue', 'Reject'])];
  }
}

const validateLimited = (limited: LimitedPriorityLevelConfiguration, path: Path): FieldError[] => [
  ...shares(limited.nominalConcurrencyShares ?? 0, `${path}.nominalConcurrencyShares`),
  ...validateResponse(limited.limitResponse, `${path}.limitResponse`),
  ...optional(limited.lendablePercent, `${path}.lendablePercent`, percent),
  ...optional(limited.borrowingLimitPercent, `${path}.borrowingLimitPercent`,
    (value, at) => (value >= 0 ? [] : [invalidValue(at, value, 'if specified, must be a non-negative integer')])),
];

function validateByType({ type, limited, exempt }: PriorityLevelConfigurationSpec): FieldError[] {
  switch (type) {
    case 'Exempt': return [
      ...(limited ? [forbiddenField('spec.limited', 'must be nil if the type is not Limited')] : []),
      ...optional(exempt?.nominalConcurrencyShares, 'spec.exempt.nominalConcurrencyShares', shares),
      ...optional(exempt?.lendablePercent, 'spec.exempt.lendablePercent', percent),
    ];
    case 'Limited': return [
      ...(exempt ? [forbiddenField('spec.exempt', 'must be nil if the type is Limited')] : []),
      ...(limited ? validateLimited(limited, 'spec.limited') : [required('spec.limited', 'must not be empty when type is Limited')]),
    ];
    default: return [notSupported('spec.type', type ?? '', ['Exempt', 'Limited'])];
  }
}

/** Of the mandatory ones nothing may change, but how the exempt one lends. */
function validateFixed({ metadata: { name }, spec }: PriorityLevelConfiguration): FieldError[] {
  const fixed = mandatoryLevels.find(({ metadata }) => metadata.name === name)?.spec;
  if (!fixed) return [];
  if (name === 'exempt') {
    const same = semanticEqual({ ...spec, exempt: fixed.exempt }, fixed);
    return same ? [] : [invalidValue('spec', spec, `spec of '${name}' except the 'spec.exempt' field must equal the fixed value`)];
  }
  return semanticEqual(spec, fixed) ? [] : [invalidValue('spec', spec, `spec of '${name}' must equal the fixed value`)];
}

/** After ValidatePriorityLevelConfiguration in pkg/apis/flowcontrol/validation. */
export function validatePriorityLevel(level: PriorityLevelConfiguration): FieldError[] {
  const { metadata, spec } = level;
  const isMisnamed = (metadata.name === 'exempt') !== (spec?.type === 'Exempt');
  return [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...(isMisnamed ? [invalidValue('spec.type', spec?.type ?? '', "type must be 'Exempt' if and only if name is 'exempt'")] : []),
    ...validateByType(spec ?? {}),
    ...validateFixed(level),
  ];
}
