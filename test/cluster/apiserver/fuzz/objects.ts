import type { Unstructured } from '../../../../src/api/meta';

export interface Sample {
  /** Of the collection. */
  readonly path: string;
  readonly object: Unstructured;
}

const namespaced = (group: string, plural: string) => (group.includes('/') ? `/apis/${group}` : `/api/${group}`) + `/namespaces/default/${plural}`;
const sample = (apiVersion: string, kind: string, path: string, rest: object): Sample => ({ path, object: { apiVersion, kind, metadata: { name: 'sample', labels: { app: 'sample' } }, ...rest } as Unstructured });
const template = { metadata: { labels: { app: 'sample' } }, spec: { containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }], env: [{ name: 'A', value: 'b' }], resources: { requests: { cpu: '10m' } } }] } };
const selector = { matchLabels: { app: 'sample' } };

/** Objects that are fine as they are. */
export const samples: readonly Sample[] = [
  sample('v1', 'ConfigMap', namespaced('v1', 'configmaps'), { data: { key: 'value' }, binaryData: { raw: 'AAEC' } }),
  sample('v1', 'Secret', namespaced('v1', 'secrets'), { type: 'Opaque', data: { key: 'dmFsdWU=' } }),
  sample('v1', 'Pod', namespaced('v1', 'pods'), { spec: { ...template.spec, tolerations: [{ key: 'a', operator: 'Exists' }], volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }] } }),
  sample('v1', 'Service', namespaced('v1', 'services'), { spec: { selector: { app: 'sample' }, ports: [{ port: 80, targetPort: 'http' }] } }),
  sample('v1', 'ResourceQuota', namespaced('v1', 'resourcequotas'), { spec: { hard: { pods: '3', 'requests.cpu': '1' } } }),
  sample('v1', 'Namespace', '/api/v1/namespaces', {}),
  sample('apps/v1', 'Deployment', namespaced('apps/v1', 'deployments'), { spec: { replicas: 1, selector, template, strategy: { rollingUpdate: { maxSurge: '25%' } } } }),
  sample('apps/v1', 'StatefulSet', namespaced('apps/v1', 'statefulsets'), { spec: { serviceName: 's', selector, template } }),
  sample('batch/v1', 'CronJob', namespaced('batch/v1', 'cronjobs'), { spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } } } }),
  sample('networking.k8s.io/v1', 'Ingress', namespaced('networking.k8s.io/v1', 'ingresses'), { spec: { rules: [{ host: 'a.b', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } }] } }] } }),
  sample('rbac.authorization.k8s.io/v1', 'ClusterRole', '/apis/rbac.authorization.k8s.io/v1/clusterroles', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
  sample('authorization.k8s.io/v1', 'SelfSubjectAccessReview', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { spec: { resourceAttributes: { verb: 'get', resource: 'pods' } } }),
  sample('apiextensions.k8s.io/v1', 'CustomResourceDefinition', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    metadata: { name: 'samples.example.org' },
    spec: {
      group: 'example.org', scope: 'Namespaced', names: { kind: 'Sample', plural: 'samples' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer', minimum: 1 } }, 'x-kubernetes-validations': [{ rule: 'self.size < 10' }] } } } } }],
    },
  }),
  sample('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies', {
    spec: { matchConstraints: { resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }] }, validations: [{ expression: 'object.spec.replicas <= 5' }] },
  }),
];
