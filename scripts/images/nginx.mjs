import { readFile } from 'node:fs/promises';

const nginxConf = `user nginx;
worker_processes 1;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;

events {
  worker_connections 1024;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /var/log/nginx/access.log combined;
  sendfile on;
  keepalive_timeout 65;
  include /etc/nginx/conf.d/*.conf;
}
`;

const defaultConf = `server {
  listen 80;
  server_name localhost;

  location / {
    root /usr/share/nginx/html;
    index index.html index.htm;
  }
}
`;

const welcome = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body><h1>Welcome to nginx!</h1></body>
</html>
`;

// Programs dropped into /docker-entrypoint.d run first, as in the official image.
const entrypoint = `#!/bin/sh
set -e
if [ "$1" = nginx ]; then
  for file in /docker-entrypoint.d/*.sh; do
    if [ -x "$file" ]; then "$file"; fi
  done
fi
exec "$@"
`;

export const nginx = {
  names: ['nginx:1.27', 'nginx:alpine', 'nginx:latest'],
  packages: ({ busyboxPackage }) => ({ ...busyboxPackage, nginx: '/usr/sbin/nginx', 'nginx-common': '/etc/nginx/mime.types' }),
  changes: [
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'ENTRYPOINT ["/docker-entrypoint.sh"]',
    'CMD ["nginx", "-g", "daemon off;"]',
    'EXPOSE 80',
  ],
  entries: async (files, { baseEntries, busyboxEntries }) => [
    ...baseEntries({ name: 'nginx', id: 101, home: '/nonexistent' }),
    ...(await busyboxEntries(files)),
    ...(await files.executables('/usr/sbin/nginx')),
    { path: '/docker-entrypoint.sh', text: entrypoint, mode: 0o755 },
    { path: '/docker-entrypoint.d', directory: true },
    { path: '/etc/nginx/nginx.conf', text: nginxConf },
    { path: '/etc/nginx/conf.d/default.conf', text: defaultConf },
    { path: '/etc/nginx/mime.types', text: await readFile(await files.locate('/etc/nginx/mime.types'), 'utf8') },
    { path: '/usr/share/nginx/html/index.html', text: welcome },
    { path: '/var/log/nginx/access.log', link: '/dev/stdout' },
    { path: '/var/log/nginx/error.log', link: '/dev/stderr' },
    // Debian's build keeps the bodies of requests and answers here.
    { path: '/var/lib/nginx', directory: true, owner: 101 },
    { path: '/var/cache/nginx', directory: true, owner: 101 },
  ],
};
