import { authorizerType, resourceCheckType } from '../../api/cel/functions/authorizer';
import { listOf, mapOf, objectOf, opaque, types, type Type } from '../../api/cel/types';

const { string, int, bool, timestamp, dyn } = types;
const strings = listOf(string);
const texts = mapOf(string, string);

const groupVersionKind = objectOf('kubernetes.GroupVersionKind', { group: string, version: string, kind: string });
const groupVersionResource = objectOf('kubernetes.GroupVersionResource', { group: string, version: string, resource: string });

/** Source: BuildRequestType in k8s.io/apiserver/pkg/admission/plugin/cel/compile.go. */
const request = objectOf('kubernetes.AdmissionRequest', {
  kind: groupVersionKind, resource: groupVersionResource, subResource: string,
  requestKind: groupVersionKind, requestResource: groupVersionResource, requestSubResource: string,
  name: string, namespace: string, operation: string,
  userInfo: objectOf('kubernetes.UserInfo', { username: string, uid: string, groups: strings, extra: mapOf(string, strings) }),
  dryRun: bool, options: dyn,
});

/** Source: BuildNamespaceType; `UID` is its spelling. */
const namespaceObject = objectOf('kubernetes.Namespace', {
  metadata: objectOf('kubernetes.NamespaceMetadata', {
    name: string, generateName: string, namespace: string, labels: texts, annotations: texts, UID: string, creationTimestamp: timestamp,
    deletionGracePeriodSeconds: int, deletionTimestamp: timestamp, generation: int, resourceVersion: string, finalizers: strings,
  }),
  spec: objectOf('kubernetes.NamespaceSpec', { finalizers: strings }),
  status: objectOf('kubernetes.NamespaceStatus', {
    conditions: listOf(objectOf('kubernetes.NamespaceCondition', { status: string, type: string, lastTransitionTime: timestamp, message: string, reason: string })),
    phase: string,
  }),
});

/** What an expression may speak of beside `object`, `oldObject`, `request` and `namespaceObject`. */
export interface ExpressionScope {
  readonly params?: Type | undefined;
  readonly hasAuthorizer?: boolean;
  /** Of `variables`, by their names. */
  readonly variables?: ReadonlyMap<string, Type> | undefined;
  /** Of `object` and `oldObject`; anything when absent. */
  readonly object?: Type;
}

/** Everything that admission expressions see, by name. Source: createEnvForOpts, NewCompositionEnv. */
export function expressionVariables({ params, hasAuthorizer, variables, object = dyn }: ExpressionScope): Map<string, Type> {
  return new Map<string, Type>([
    ['object', object], ['oldObject', object], ['namespaceObject', namespaceObject], ['request', request],
    ...(params ? [['params', params] as const] : []),
    ...(hasAuthorizer ? [['authorizer', opaque(authorizerType)] as const, ['authorizer.requestResource', opaque(resourceCheckType)] as const] : []),
    ...(variables ? [['variables', objectOf('kubernetes.variables', Object.fromEntries(variables))] as const] : []),
  ]);
}
