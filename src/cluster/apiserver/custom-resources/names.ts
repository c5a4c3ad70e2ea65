import type { CustomResourceDefinition, CustomResourceDefinitionNames as Names, CustomResourceDefinitionStatus as Status } from '../../../api/generated/apiextensions.v1';
import { deepEqual } from '../../../api/equal';
import { quote } from '../../../api/go/quote';
import { approvalOf, hasBadBundle } from '../../../kinds/apiextensions.k8s.io/customresourcedefinition/validation';
import { withCondition } from './conditions';

interface Taken {
  readonly resources: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

/** What the names of a definition become, and its conditions. `others`: the definitions of its group. Pure. Source: NamingConditionController, EstablishingController. */
export function acceptedStatus(definition: CustomResourceDefinition, others: readonly CustomResourceDefinition[], nowMs: number): Status {
  const { spec: { names }, status } = definition;
  const { accepted, conflict } = decide(names, status?.acceptedNames ?? { plural: '', kind: '' }, takenBy(others));
  const told = conflict
    ? { type: 'NamesAccepted', status: 'False', ...conflict }
    : { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  const named: Status = { ...withCondition(withApproval(definition, nowMs), told, nowMs), acceptedNames: accepted };
  const established = status?.conditions?.find(({ type }) => type === 'Established');
  if (established?.status === 'True') return named;
  return withCondition(named, { type: 'Established', ...establishment(definition, conflict !== undefined) }, nowMs);
}

function establishment(definition: CustomResourceDefinition, isContested: boolean): { status: 'True' | 'False'; reason: string; message: string } {
  if (isContested) return { status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };
  if (hasBadBundle(definition)) return { status: 'False', reason: 'InvalidCABundle', message: 'The conversion webhook CABundle is invalid' };
  return { status: 'True', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' };
}

/** Source: KubernetesAPIApprovalPolicyConformantConditionController. */
function withApproval(definition: CustomResourceDefinition, nowMs: number): Status | undefined {
  const approval = approvalOf(definition);
  if (!approval) return definition.status;
  return withCondition(definition.status, { type: 'KubernetesAPIApprovalPolicyConformant', status: approval.reason === 'ApprovedAnnotation' ? 'True' : 'False', ...approval }, nowMs);
}

function takenBy(others: readonly CustomResourceDefinition[]): Taken {
  const names = others.map(({ status }) => status?.acceptedNames).filter((one) => one !== undefined);
  return {
    resources: new Set(names.flatMap(({ plural, singular, shortNames }) => [plural, singular ?? '', ...(shortNames ?? [])]).filter(Boolean)),
    kinds: new Set(names.flatMap(({ kind, listKind }) => [kind, listKind ?? '']).filter(Boolean)),
  };
}

interface Conflict {
  readonly reason: string;
  readonly message: string;
}

const single = [['plural', 'resources', 'PluralConflict'], ['singular', 'resources', 'SingularConflict'], ['kind', 'kinds', 'KindConflict'], ['listKind', 'kinds', 'ListKindConflict']] as const;
const inUse = (name: string) => `${quote(name)} is already in use`;

/** Each name is judged by itself; of several conflicts the last is told. */
function decide(wanted: Names, had: Names, taken: Taken): { accepted: Names; conflict: Conflict | undefined } {
  const accepted: Names = { ...had };
  let conflict: Conflict | undefined;
  for (const [name, of, reason] of single) {
    const value = wanted[name] ?? '';
    if (value !== had[name] && taken[of].has(value)) conflict = { reason, message: inUse(value) };
    else accepted[name] = value;
  }
  const clashing = (wanted.shortNames ?? []).filter((name) => !had.shortNames?.includes(name) && taken.resources.has(name));
  if (clashing.length) conflict = { reason: 'ShortNamesConflict', message: aggregated(clashing.map(inUse)) };
  else if (!deepEqual(wanted.shortNames, had.shortNames)) replace(accepted, 'shortNames', wanted.shortNames);
  replace(accepted, 'categories', wanted.categories);
  return { accepted, conflict };
}

function replace(names: Names, field: 'shortNames' | 'categories', value: string[] | undefined): void {
  if (value?.length) names[field] = value;
  else delete names[field];
}

const aggregated = (messages: readonly string[]) => (messages.length === 1 ? messages[0]! : `[${messages.join(', ')}]`);
