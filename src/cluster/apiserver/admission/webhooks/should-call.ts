import { forbidden } from '../../../../api/errors';
import type { Authorizer } from '../../authz/authorizer';
import type { AdmissionRequest, Registry } from '../../registry/registry';
import { authorizeAs } from '../expressions/authorize';
import { conditionsHold, isConditionFailure } from '../expressions/conditions';
import { matchedKind } from '../matching/rules';
import { matchesNamespace, matchesObject } from '../matching/selectors';
import { versionedAs, type Versioned } from '../matching/versioned';
import type { Hook } from './source';

/**
 * The request as a webhook is to see it; undefined when it is none of its business. Throws ApiError.
 * Source: generic.Webhook.ShouldCallHook.
 */
export async function wantedAs(registry: Registry, authorizer: Authorizer, hook: Hook, request: AdmissionRequest): Promise<Versioned | undefined> {
  const { namespaceSelector, objectSelector, rules, matchPolicy } = hook.webhook;
  const kind = matchedKind(registry, request, { rules: rules ?? [], matchPolicy });
  if (!kind || !matchesObject(request, objectSelector) || !matchesNamespace(registry, request, namespaceSelector)) return undefined;
  const versioned = await versionedAs(request, kind);
  return meetsConditions(authorizer, hook, request, versioned) ? versioned : undefined;
}

function meetsConditions(authorizer: Authorizer, { webhook, conditions }: Hook, request: AdmissionRequest, versioned: Versioned): boolean {
  const authorize = authorizeAs(authorizer, request.context.user);
  try {
    return conditionsHold(conditions, { request, versioned, authorize }, webhook.failurePolicy);
  } catch (error) {
    throw isConditionFailure(error) ? forbidden(request.kind, request.name, error.message) : error;
  }
}
