/** A definition with something of everything: a feeder that runs by a schedule. */
export const feederDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'feeders.farm.example.com' },
  spec: {
    group: 'farm.example.com',
    scope: 'Namespaced',
    names: { plural: 'feeders', kind: 'Feeder', shortNames: ['fd'], categories: ['all'] },
    versions: [{
      name: 'v1', served: true, storage: true,
      subresources: { status: {}, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', labelSelectorPath: '.status.selector' } },
      selectableFields: [{ jsonPath: '.spec.animal' }],
      additionalPrinterColumns: [
        { name: 'Schedule', type: 'string', jsonPath: '.spec.schedule', description: 'When it feeds' },
        { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas' },
        { name: 'Last', type: 'date', jsonPath: '.status.lastFed' },
        { name: 'Animal', type: 'string', jsonPath: '.spec.animal', priority: 1 },
      ],
      schema: {
        openAPIV3Schema: {
          type: 'object', description: 'A Feeder feeds animals.', required: ['spec'],
          properties: {
            spec: {
              type: 'object', required: ['schedule'],
              properties: {
                schedule: { type: 'string', description: 'When to feed.', pattern: '^(\\S+ ){4}\\S+$' },
                replicas: { type: 'integer', format: 'int32', minimum: 0, maximum: 10, default: 1 },
                animal: { type: 'string', enum: ['cow', 'hen'], default: 'cow' },
                port: { 'x-kubernetes-int-or-string': true },
                note: { type: 'string', maxLength: 5, minLength: 2, nullable: true },
                started: { type: 'string', format: 'date-time' },
                tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
                meals: {
                  type: 'array', maxItems: 3, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'],
                  items: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, grams: { type: 'number', default: 50 } } },
                },
                extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                labels: { type: 'object', additionalProperties: { type: 'string' } },
              },
            },
            status: { type: 'object', properties: { replicas: { type: 'integer' }, selector: { type: 'string' }, lastFed: { type: 'string' } } },
          },
        },
      },
    }],
  },
};

export const feeder = (name: string, spec: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  ({ apiVersion: 'farm.example.com/v1', kind: 'Feeder', metadata: { name }, spec, ...more });
