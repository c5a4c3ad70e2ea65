import type { Kind } from '../../../kinds/kind';
import { storageName } from './keys';
import type { AdmissionPlugin, AdmissionRequest, Operation, Registry } from './registry';

/** The plugins that look at one operation on one kind, in the order of the chain. */
interface Chain {
  readonly mutating: readonly Admitting[];
  readonly validating: readonly Validating[];
}

type Admitting = AdmissionPlugin & Required<Pick<AdmissionPlugin, 'admit'>>;
type Validating = AdmissionPlugin & Required<Pick<AdmissionPlugin, 'validate'>>;

/** By kind, since a custom one is another after its definition changed. */
const chains = new WeakMap<readonly AdmissionPlugin[], WeakMap<Kind, Map<Operation, Chain>>>();

export function chainFor({ admission }: Registry, { kind, operation }: AdmissionRequest): Chain {
  let kinds = chains.get(admission);
  if (!kinds) chains.set(admission, (kinds = new WeakMap()));
  let operations = kinds.get(kind);
  if (!operations) kinds.set(kind, (operations = new Map()));
  let chain = operations.get(operation);
  if (!chain) operations.set(operation, (chain = chainOf(admission, kind, operation)));
  return chain;
}

function chainOf(admission: readonly AdmissionPlugin[], kind: Kind, operation: Operation): Chain {
  const concerned = admission.filter(({ operations, resources }) => (!operations || operations.includes(operation)) && (!resources || isAmong(kind, resources)));
  return {
    mutating: concerned.filter((plugin): plugin is Admitting => plugin.admit !== undefined),
    validating: concerned.filter((plugin): plugin is Validating => plugin.validate !== undefined),
  };
}

const isAmong = (kind: Kind, resources: NonNullable<AdmissionPlugin['resources']>) => resources.some(({ group, plural }) => storageName(kind) === `${group}/${plural}`);
