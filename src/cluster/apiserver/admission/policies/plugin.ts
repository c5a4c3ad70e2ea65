import { isApiError, notFound } from '../../../../api/errors';
import type { ValidatingAdmissionPolicyBinding } from '../../../../api/generated/admissionregistration.v1';
import type { Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { Store } from '../../../store';
import type { Authorizer } from '../../authz/authorizer';
import type { AdmissionPlugin, AdmissionRequest, Registry } from '../../registry/registry';
import { authorizeAs } from '../expressions/authorize';
import { isExempt, isNamespaces, namespaceOf } from '../matching/attributes';
import { versionedAs, type Versioned } from '../matching/versioned';
import { AuditAnnotations } from './annotations';
import { deniedError, type Denied } from './denied';
import { evaluatePolicy, type Denial, type Verdict } from './evaluate';
import { matchedAs } from './matching';
import { collectParams, isConfigurationError, paramKindOf } from './params';
import { PolicySource, type PolicyInForce } from './source';

/** Decides by the ValidatingAdmissionPolicies in force. Source: policy/validating/dispatcher.go. */
export function validatingPolicies(store: Store, authorizer: Authorizer): AdmissionPlugin {
  const source = new PolicySource(store);
  return {
    name: 'ValidatingAdmissionPolicy',
    validate(request, registry) {
      const policies = source.inForce();
      return policies.length && !isExempt(request) ? checkAll(policies, registry, authorizer, request) : undefined;
    },
  };
}

async function checkAll(policies: readonly PolicyInForce[], registry: Registry, authorizer: Authorizer, request: AdmissionRequest): Promise<void> {
  const denied: Denied[] = [];
  for (const one of policies) denied.push(...await new PolicyCheck(registry, authorizer, request, one).run());
  if (denied.length) throw deniedError(request, denied[0]!);
}

class PolicyCheck {
  readonly #denied: Denied[] = [];
  readonly #annotations = new AuditAnnotations();
  readonly #name: string;

  constructor(
    private readonly registry: Registry, private readonly authorizer: Authorizer, private readonly request: AdmissionRequest, private readonly inForce: PolicyInForce,
  ) {
    this.#name = inForce.policy.metadata.name!;
  }

  async run(): Promise<readonly Denied[]> {
    const { policy: { spec }, bindings } = this.inForce;
    await this.#configured(undefined, async () => {
      const kind = matchedAs(this.registry, this.request, spec.matchConstraints ?? {});
      if (!kind) return;
      const paramKind = spec.paramKind && paramKindOf(this.registry, spec.paramKind);
      for (const binding of bindings) await this.#configured(binding.metadata.name!, () => this.#bound(binding, kind, paramKind));
    });
    this.#annotations.publish(this.#name, this.request.context);
    return this.#denied;
  }

  /** What is set up wrongly denies, unless failures are ignored. */
  async #configured(binding: string | undefined, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isConfigurationError(error) && !isApiError(error)) throw error;
      if (this.inForce.policy.spec.failurePolicy === 'Ignore') return;
      this.#deny(binding, { message: `failed to configure ${binding === undefined ? 'policy' : 'binding'}: ${error.message}` });
    }
  }

  async #bound(binding: ValidatingAdmissionPolicyBinding, kind: Kind, paramKind: Kind | undefined): Promise<void> {
    const { registry, request } = this;
    const { matchResources, paramRef } = binding.spec;
    if (matchResources && !matchedAs(registry, request, matchResources)) return;
    const params = await collectParams(registry, paramKind, paramRef, namespaceOf(request));
    const versioned = params.length ? await versionedAs(request, kind) : undefined;
    for (const param of params) this.#publish(binding, this.#evaluate(versioned!, param));
  }

  #evaluate(versioned: Versioned, params: Unstructured | undefined): Verdict {
    const { registry, request, inForce: { compiled, policy } } = this;
    const authorize = authorizeAs(this.authorizer, request.context.user);
    const inputs = { request, versioned, authorize, params, namespace: namespaceObject(registry, request) };
    return evaluatePolicy(compiled, inputs, policy.spec.failurePolicy);
  }

  #publish({ metadata, spec }: ValidatingAdmissionPolicyBinding, { denials, annotations, annotationErrors }: Verdict): void {
    const binding = metadata.name!;
    for (const denial of denials) for (const action of spec.validationActions ?? []) this.#act(action, binding, denial, spec);
    for (const { key, value } of annotations) this.#annotations.add(key, value);
    for (const message of annotationErrors) this.#deny(binding, { message });
  }

  #act(action: string, binding: string, denial: Denial, { validationActions, policyName }: ValidatingAdmissionPolicyBinding['spec']): void {
    const { index: expressionIndex, message } = denial;
    const { context } = this.request;
    if (action === 'Deny') this.#deny(binding, denial);
    if (action === 'Warn') context.warn(`Validation failed for ValidatingAdmissionPolicy '${this.#name}' with binding '${binding}': ${message}`);
    if (action === 'Audit') {
      context.annotate?.('validation.policy.admission.k8s.io/validation_failure', JSON.stringify([{ message, policy: policyName, binding, expressionIndex, validationActions }]));
    }
  }

  #deny(binding: string | undefined, { message, reason }: Pick<Denial, 'message' | 'reason'>): void {
    this.#denied.push({ policy: this.#name, message, ...(binding !== undefined && { binding }), ...(reason && { reason }) });
  }
}

/** Of what is in one; a namespace is not in itself. */
function namespaceObject({ store }: Registry, request: AdmissionRequest): Unstructured | undefined {
  const name = namespaceOf(request);
  if (!name || isNamespaces(request.kind)) return undefined;
  const found = store.get(`/namespaces/${name}`)?.object;
  if (!found) throw notFound({ group: '', plural: 'namespaces' }, name);
  return found;
}
