// One server, somebody to ask it from, and nginx as a reverse proxy in front of it.
const nginx = (name, config, spec = {}, labels = {}) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', labels },
  spec: { terminationGracePeriodSeconds: 0, ...spec, containers: [{
    name: 'nginx', image: 'nginx:1.27', command: ['sh', '-c', `printf '%s' "$CONFIG" > /etc/nginx/nginx.conf; exec nginx -g 'daemon off;'`],
    env: [{ name: 'CONFIG', value: config }], readinessProbe: { tcpSocket: { port: name === 'proxy' ? 8088 : 8080 }, periodSeconds: 1 },
  }] },
});

export const serverConfig = `user nginx; events { worker_connections 4096; } http { access_log off; keepalive_requests 1000000000; server { listen 8080; location / { return 200 "answered\\n"; } } }`;

const proxyConfig = (address) => `user nginx; events { worker_connections 4096; } http { access_log off; keepalive_requests 1000000000;
upstream server { server ${address}:8080; keepalive 64; keepalive_requests 1000000000; }
server { listen 8088; location / { proxy_pass http://server; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } } }`;

export const objects = [
  nginx('server', serverConfig, {}, { app: 'server' }),
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'client', namespace: 'default' }, spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '86400'] }] } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'server', namespace: 'default' }, spec: { type: 'NodePort', selector: { app: 'server' }, ports: [{ port: 80, targetPort: 8080 }] } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'server', namespace: 'default' }, spec: { rules: [{ host: 'bench.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'server', port: { number: 80 } } } }] } }] } },
];

export const proxy = (address) => nginx('proxy', proxyConfig(address), { hostNetwork: true });
