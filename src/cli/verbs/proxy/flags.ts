import { flagTable } from '../../flags/spec';

export const proxyFlags = flagTable({
  'accept-hosts': { type: 'string', default: '^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$', help: 'Regular expressions of the hosts that may be asked for.' },
  'accept-paths': { type: 'string', default: '^.*', help: 'Regular expressions of the paths that may be asked for.' },
  'address': { type: 'string', default: '127.0.0.1', help: 'The address to listen on.' },
  'api-prefix': { type: 'string', default: '/', help: 'Where the API is served.' },
  'append-server-path': { type: 'bool', help: 'Put the path of the server\'s address before that of each request.' },
  'disable-filter': { type: 'bool', help: 'Let all requests through. Other web pages may then use your credentials.' },
  'keepalive': { type: 'duration', help: 'How often TCP makes sure that the server is still there. 0: the system\'s choice.' },
  'port': { type: 'int', short: 'p', default: 8001, help: 'The port to listen on. 0: any free one.' },
  'reject-methods': { type: 'string', default: '^$', help: 'Regular expressions of the methods to refuse.' },
  'reject-paths': { type: 'string', default: '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach', help: 'Regular expressions of the paths to refuse, even if accepted.' },
  'unix-socket': { type: 'string', short: 'u', help: 'Listen on this Unix socket instead of a port.' },
  'www': { type: 'string', short: 'w', help: 'Serve the files of this directory too.' },
  'www-prefix': { type: 'string', short: 'P', default: '/static/', help: 'Where the files are served.' },
});

export type ProxyFlags = typeof proxyFlags;
