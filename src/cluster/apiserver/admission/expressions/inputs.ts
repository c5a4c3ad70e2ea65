import type { Activation, Value } from '../../../../api/cel';
import { AuthorizerValue, ResourceCheckValue, type Authorize } from '../../../../api/cel/functions/authorizer';
import { jsonValue } from '../../../../api/cel/values/json';
import type { Unstructured } from '../../../../api/meta';
import type { AdmissionRequest } from '../../registry/registry';
import { namespaceOf } from '../matching/attributes';
import { optionsOf, requestAttributes } from '../matching/request-attributes';
import type { Versioned } from '../matching/versioned';

/** What admission expressions are about. */
export interface Inputs {
  readonly request: AdmissionRequest;
  readonly versioned: Versioned;
  /** Whether whoever makes the request may do something. */
  readonly authorize: Authorize;
  /** Of what is in one. */
  readonly namespace?: Unstructured | undefined;
  readonly params?: Unstructured | undefined;
}

/** What the variables of admission expressions are; `variables` is somebody else's. Source: newActivation. */
export function activationOf(inputs: Inputs): Activation {
  const known = new Map<string, Value>();
  return (name) => {
    let value = known.get(name);
    if (value === undefined) known.set(name, (value = makers[name as keyof typeof makers](inputs)));
    return value;
  };
}

const makers = {
  object: ({ versioned }: Inputs) => jsonValue(versioned.object),
  oldObject: ({ versioned }: Inputs) => jsonValue(versioned.old),
  params: ({ params }: Inputs) => jsonValue(params),
  namespaceObject: ({ namespace }: Inputs) => jsonValue(namespace && shownNamespace(namespace)),
  request: ({ request, versioned }: Inputs) => jsonValue({
    uid: '', ...requestAttributes(request, versioned.kind), object: null, oldObject: null, dryRun: request.context.dryRun, options: optionsOf(request),
  }),
  authorizer: ({ authorize }: Inputs) => new AuthorizerValue(authorize),
  'authorizer.requestResource': ({ authorize, request }: Inputs) => new ResourceCheckValue(new AuthorizerValue(authorize), {
    group: request.kind.group, resource: request.kind.plural, subresource: request.subresource ?? '', namespace: namespaceOf(request), name: request.name,
  }),
};

const hidden = new Set(['managedFields', 'ownerReferences', 'selfLink']);

/** Source: CreateNamespaceObject. */
const shownNamespace = ({ metadata, spec, status }: Unstructured) =>
  ({ metadata: Object.fromEntries(Object.entries(metadata).filter(([field]) => !hidden.has(field))), spec, status });
