import { conditions, controllerName, parameters, waiting } from './names';
import { age, customResource, object, text } from './schema';

const pending = waiting('Accepted');

export const gatewayClasses = customResource({
  kind: 'GatewayClass', plural: 'gatewayclasses', shortNames: ['gc'], scope: 'Cluster', versions: ['v1', 'v1beta1'], hasStatus: true, specIsRequired: true,
  columns: [
    { name: 'Controller', type: 'string', jsonPath: '.spec.controllerName' },
    { name: 'Accepted', type: 'string', jsonPath: '.status.conditions[?(@.type=="Accepted")].status' },
    age,
    { name: 'Description', type: 'string', jsonPath: '.spec.description', priority: 1 },
  ],
  spec: object({
    controllerName: { ...controllerName, 'x-kubernetes-validations': [{ message: 'Value is immutable', rule: 'self == oldSelf' }] },
    description: text({ max: 64 }),
    parametersRef: parameters,
  }, { required: 'controllerName' }),
  status: object({ conditions: conditions(pending) }, { default: { conditions: pending } }),
});
