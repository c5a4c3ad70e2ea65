import { parseLabelRequirements } from '../../selectors';
import { nameIsDNSLabel, nameIsDNSSubdomain } from '../../validation/names';
import { CelError, Opaque } from '../values/value';
import { row, type Overload } from './row';

/** What is asked of an authorizer. Without a service account it is asked of whoever makes the request. */
export interface AccessQuery {
  readonly verb: string;
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  readonly path?: string;
  readonly resource?: ResourceQuery;
}

export interface ResourceQuery {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
}

export interface AccessAnswer {
  readonly allowed: boolean;
  readonly reason: string;
}

export type Authorize = (query: AccessQuery) => AccessAnswer;

abstract class Identity extends Opaque {
  override equals(other: Opaque): boolean {
    return other === this;
  }
}

const prefix = 'kubernetes.authorization.';
export const authorizerType = `${prefix}Authorizer`;
export const resourceCheckType = `${prefix}ResourceCheck`;

/** The value of the variable `authorizer`. */
export class AuthorizerValue extends Identity {
  readonly typeName = authorizerType;

  constructor(readonly authorize: Authorize, readonly serviceAccount?: AccessQuery['serviceAccount']) {
    super();
  }

  check(verb: string, of: Pick<AccessQuery, 'path' | 'resource'>): DecisionValue {
    return new DecisionValue(this.authorize({ verb, ...of, ...(this.serviceAccount && { serviceAccount: this.serviceAccount }) }));
  }
}

class PathCheckValue extends Identity {
  readonly typeName = `${prefix}PathCheck`;

  constructor(readonly authorizer: AuthorizerValue, readonly path: string) {
    super();
  }
}

class GroupCheckValue extends Identity {
  readonly typeName = `${prefix}GroupCheck`;

  constructor(readonly authorizer: AuthorizerValue, readonly group: string) {
    super();
  }
}

/** The value of `authorizer.requestResource`, among others. */
export class ResourceCheckValue extends Identity {
  readonly typeName = resourceCheckType;

  constructor(readonly authorizer: AuthorizerValue, readonly resource: ResourceQuery) {
    super();
  }

  with(more: Partial<ResourceQuery>): ResourceCheckValue {
    return new ResourceCheckValue(this.authorizer, { ...this.resource, ...more });
  }
}

class DecisionValue extends Identity {
  readonly typeName = `${prefix}Decision`;

  constructor(readonly answer: AccessAnswer) {
    super();
  }
}

const checkCost = () => 350_000;
const none: Omit<ResourceQuery, 'group' | 'resource'> = { subresource: '', namespace: '', name: '' };

function asServiceAccount(authorizer: AuthorizerValue, namespace: string, name: string): AuthorizerValue {
  if (nameIsDNSSubdomain(name, false).length) throw new CelError('Invalid service account name');
  if (nameIsDNSLabel(namespace, false).length) throw new CelError('Invalid service account namespace');
  return new AuthorizerValue(authorizer.authorize, { namespace, name });
}

/** A selector that cannot be read selects everything. */
function readableLabels(text: string): string | undefined {
  try {
    parseLabelRequirements(text);
    return text;
  } catch {
    return undefined;
  }
}

const [authorizer, path, group, resource, decision] = ['Authorizer', 'PathCheck', 'GroupCheck', 'ResourceCheck', 'Decision'].map((name) => prefix + name);

/** Source: k8s.io/apiserver/pkg/cel/library/authz.go. */
export const authorizers: readonly Overload[] = [
  row(`(${authorizer}).path(string) ${path}`, (of: AuthorizerValue, text: string) => {
    if (!text) throw new CelError('path must not be empty');
    return new PathCheckValue(of, text);
  }),
  row(`(${authorizer}).group(string) ${group}`, (of: AuthorizerValue, name: string) => new GroupCheckValue(of, name)),
  row(`(${authorizer}).serviceAccount(string, string) ${authorizer}`, asServiceAccount),
  row(`(${group}).resource(string) ${resource}`, ({ authorizer: of, group: name }: GroupCheckValue, plural: string) => {
    if (!plural) throw new CelError('resource must not be empty');
    return new ResourceCheckValue(of, { group: name, resource: plural, ...none });
  }),
  row(`(${resource}).subresource(string) ${resource}`, (check: ResourceCheckValue, subresource: string) => check.with({ subresource })),
  row(`(${resource}).namespace(string) ${resource}`, (check: ResourceCheckValue, namespace: string) => check.with({ namespace })),
  row(`(${resource}).name(string) ${resource}`, (check: ResourceCheckValue, name: string) => check.with({ name })),
  row(`(${resource}).fieldSelector(string) ${resource}`, (check: ResourceCheckValue, fieldSelector: string) => check.with({ fieldSelector })),
  row(`(${resource}).labelSelector(string) ${resource}`, (check: ResourceCheckValue, text: string) => {
    const labelSelector = readableLabels(text);
    return labelSelector === undefined ? check : check.with({ labelSelector });
  }),
  row(`(${path}).check(string) ${decision}`, ({ authorizer: of, path: text }: PathCheckValue, verb: string) => of.check(verb, { path: text }), checkCost),
  row(`(${resource}).check(string) ${decision}`, ({ authorizer: of, resource: wanted }: ResourceCheckValue, verb: string) => of.check(verb, { resource: wanted }), checkCost),
  row(`(${decision}).errored() bool`, () => false),
  row(`(${decision}).error() string`, () => ''),
  row(`(${decision}).allowed() bool`, ({ answer }: DecisionValue) => answer.allowed),
  row(`(${decision}).reason() string`, ({ answer }: DecisionValue) => answer.reason),
];
