/**
 * With --use-openssl-ca (bin/knarr) node loads the system's authorities into the first secure context, which takes
 * longer than a request. The connection brings its own, so there are none to load. Children see the environment
 * unchanged.
 */
export function withoutSystemAuthorities<T>(act: () => T): T {
  const saved = { SSL_CERT_FILE: process.env['SSL_CERT_FILE'], SSL_CERT_DIR: process.env['SSL_CERT_DIR'] };
  process.env['SSL_CERT_FILE'] = '/dev/null';
  process.env['SSL_CERT_DIR'] = '/nonexistent';
  try {
    return act();
  } finally {
    for (const [name, value] of Object.entries(saved)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
