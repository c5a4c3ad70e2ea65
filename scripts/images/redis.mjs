// The official build listens to other machines unless told otherwise; Debian's refuses them. This stands in front of
// the real program, so that a manifest's own command gets it too.
const server = `#!/bin/sh
for word in "$@"; do
  case "$word" in
    --protected-mode | -v | --version | -h | --help | --test-memory) exec /usr/bin/redis-server "$@" ;;
  esac
done
if [ -f "$1" ] && grep -q '^[[:space:]]*protected-mode' "$1"; then exec /usr/bin/redis-server "$@"; fi
exec /usr/bin/redis-server "$@" --protected-mode no
`;

// As the official one: bare options or a config file mean the server, and root becomes the user redis.
const entrypoint = `#!/bin/sh
set -e
case "$1" in
  -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis {} +
  exec /usr/bin/setpriv --reuid redis --regid redis --clear-groups /usr/local/bin/docker-entrypoint.sh "$@"
fi
exec "$@"
`;

export const redis = {
  names: ['redis:7', 'redis:alpine', 'redis:latest'],
  packages: ({ busyboxPackage }) => ({ ...busyboxPackage, 'redis-server': '/usr/bin/redis-server', 'redis-tools': '/usr/bin/redis-cli' }),
  changes: [
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'CMD ["redis-server"]',
    'WORKDIR /data',
    'VOLUME /data',
    'EXPOSE 6379',
  ],
  // Debian's setpriv comes ahead of busybox's, which cannot change the user.
  entries: async (files, { baseEntries, busyboxEntries }) => [
    ...baseEntries({ name: 'redis', id: 999, home: '/data' }),
    ...(await files.executables('/usr/bin/redis-server', '/usr/bin/redis-cli', '/usr/bin/setpriv')),
    ...(await busyboxEntries(files)),
    { path: '/usr/local/bin/redis-server', text: server, mode: 0o755 },
    { path: '/usr/local/bin/docker-entrypoint.sh', text: entrypoint, mode: 0o755 },
    { path: '/data', directory: true, owner: 999 },
  ],
};
