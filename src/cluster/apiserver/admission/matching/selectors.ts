import { internalError, isApiError, notFound } from '../../../../api/errors';
import type { LabelSelector, Unstructured } from '../../../../api/meta';
import { labelSelectorMatcher, type LabelMatcher } from '../../../../api/selectors';
import type { AdmissionRequest, Registry } from '../../registry/registry';
import { isNamespaces, namespaceOf } from './attributes';

const matchers = new WeakMap<LabelSelector, LabelMatcher>();

/** An absent selector selects everything, too: defaults have been set. */
function matcherOf(selector: LabelSelector): LabelMatcher {
  let matcher = matchers.get(selector);
  if (!matcher) matchers.set(selector, (matcher = parsed(selector)));
  return matcher;
}

function parsed(selector: LabelSelector): LabelMatcher {
  try {
    return labelSelectorMatcher(selector);
  } catch (error) {
    throw isApiError(error) ? internalError(error.message) : error;
  }
}

const isEmpty = ({ matchLabels, matchExpressions }: LabelSelector) => !Object.keys(matchLabels ?? {}).length && !matchExpressions?.length;

/**
 * Whether the namespace of the request is selected. What is in no namespace always is. Throws NotFound for a namespace
 * that is not there. Source: predicates/namespace.
 */
export function matchesNamespace(registry: Registry, request: AdmissionRequest, selector: LabelSelector = {}): boolean {
  if (isEmpty(selector) || (!namespaceOf(request) && !isNamespaces(request.kind))) return true;
  return matcherOf(selector)(namespaceLabels(registry, request));
}

/** A namespace that is being written says itself what its labels are. */
function namespaceLabels({ store }: Registry, request: AdmissionRequest): Record<string, string> | undefined {
  const { kind, subresource, operation, object } = request;
  if (isNamespaces(kind) && !subresource && (operation === 'CREATE' || operation === 'UPDATE')) return object?.metadata.labels;
  const name = namespaceOf(request);
  const found = store.get(`/namespaces/${name}`)?.object;
  if (!found) throw notFound({ group: '', plural: 'namespaces' }, name);
  return found.metadata.labels;
}

/** Whether the object is selected, as it is to be or as it was. Source: predicates/object. */
export function matchesObject({ object, old }: AdmissionRequest, selector: LabelSelector = {}): boolean {
  if (isEmpty(selector)) return true;
  const matches = matcherOf(selector);
  return [object, old].some((one: Unstructured | undefined) => one?.metadata !== undefined && matches(one.metadata.labels));
}
