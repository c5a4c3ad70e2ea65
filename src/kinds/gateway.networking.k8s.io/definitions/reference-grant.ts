import { groupName, kindName, namespaceName, objectName } from './names';
import { age, customResource, list, object } from './schema';

export const referenceGrants = customResource({
  kind: 'ReferenceGrant', plural: 'referencegrants', shortNames: ['refgrant'], scope: 'Namespaced', versions: ['v1beta1'], hasStatus: false, specIsRequired: false,
  columns: [age],
  spec: object({
    from: list(object({ group: groupName(), kind: kindName(), namespace: namespaceName }, { required: 'group kind namespace' }), { min: 1, max: 16 }),
    to: list(object({ group: groupName(), kind: kindName(), name: objectName }, { required: 'group kind' }), { min: 1, max: 16 }),
  }, { required: 'from to' }),
});
