import type { Kind } from '../../../../kinds/kind';
import type { AdmissionRequest, Registry } from '../../registry/registry';
import { matchedKind } from '../matching/rules';
import { matchesNamespace, matchesObject } from '../matching/selectors';
import type { Webhook } from './source';

/**
 * The kind as which a webhook is to see the request; undefined when it is none of its business. Throws ApiError.
 * Source: generic.Webhook.ShouldCallHook.
 */
export function wantedAs(registry: Registry, { namespaceSelector, objectSelector, rules, matchPolicy }: Webhook, request: AdmissionRequest): Kind | undefined {
  const kind = matchedKind(registry, request, { rules: rules ?? [], matchPolicy });
  if (!kind || !matchesObject(request, objectSelector) || !matchesNamespace(registry, request, namespaceSelector)) return undefined;
  return kind;
}
