import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../../../../api/generated/admissionregistration.v1';
import { compilePolicy, type CompiledPolicy } from '../../../../kinds/admissionregistration.k8s.io/validatingadmissionpolicy/compile';
import type { Store } from '../../../store';

/** A policy that somebody put in force. */
export interface PolicyInForce {
  readonly policy: ValidatingAdmissionPolicy;
  readonly compiled: CompiledPolicy;
  readonly bindings: readonly ValidatingAdmissionPolicyBinding[];
}

const prefixOf = (plural: string) => `admissionregistration.k8s.io/${plural}/`;
const policyPrefix = prefixOf('validatingadmissionpolicies');
const bindingPrefix = prefixOf('validatingadmissionpolicybindings');

/** The policies that bindings name, by name; as soon as both are written they are in force. Source: generic/policy_source.go. */
export class PolicySource {
  readonly #compiled = new WeakMap<object, CompiledPolicy>();
  #policies: readonly PolicyInForce[] | undefined;

  constructor(private readonly store: Store) {
    for (const prefix of [policyPrefix, bindingPrefix]) store.watch(prefix, store.revision, () => (this.#policies = undefined));
  }

  inForce(): readonly PolicyInForce[] {
    return (this.#policies ??= this.#read());
  }

  #read(): PolicyInForce[] {
    const objects = <T>(prefix: string) => this.store.list(prefix).entries.map(({ object }) => object as unknown as T);
    const bindings = objects<ValidatingAdmissionPolicyBinding>(bindingPrefix);
    return objects<ValidatingAdmissionPolicy>(policyPrefix).flatMap((policy) => {
      const own = bindings.filter(({ spec }) => spec.policyName === policy.metadata.name);
      return own.length ? [{ policy, bindings: own, compiled: this.#compile(policy) }] : [];
    });
  }

  #compile(policy: ValidatingAdmissionPolicy): CompiledPolicy {
    let compiled = this.#compiled.get(policy);
    if (!compiled) this.#compiled.set(policy, (compiled = compilePolicy(policy.spec)));
    return compiled;
  }
}
