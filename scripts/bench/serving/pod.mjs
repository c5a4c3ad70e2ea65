// A pod as clusters hold them: 3.4 KB once it is stored, with its defaults and managers.
export const pod = (name, namespace) => ({
  apiVersion: 'v1', kind: 'Pod',
  metadata: { name, ...(namespace && { namespace }), labels: { app: 'shop', tier: 'backend' }, annotations: { 'example.com/revision': '42' } },
  spec: {
    containers: [{
      name: 'web', image: 'registry.example/shop/web:1.27.3', ports: [{ name: 'http', containerPort: 8080 }],
      env: [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'SHOP_CURRENCY', value: 'EUR' }],
      resources: { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
      readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 },
    }],
    nodeSelector: { 'kubernetes.io/os': 'linux' }, schedulerName: 'nobody',
  },
});
