import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';

const hashFlags = flagTable({
  ...createSharedFlags,
  'append-hash': { type: 'bool', help: 'Put a hash of the content behind the name.' },
});

export const tlsFlags = flagTable({
  ...hashFlags,
  'cert': { type: 'string', help: 'The file of the certificate, PEM.' },
  'key': { type: 'string', help: 'The file of its key, PEM.' },
});

export const dockerRegistryFlags = flagTable({
  ...hashFlags,
  'docker-email': { type: 'string', help: 'The mail address of the user.' },
  'docker-password': { type: 'string', help: 'The password at the registry.' },
  'docker-server': { type: 'string', default: 'https://index.docker.io/v1/', help: 'The registry.' },
  'docker-username': { type: 'string', help: 'The user name at the registry.' },
  'from-file': { type: 'list', help: 'A file in the form of ~/.docker/config.json: [KEY=]PATH.' },
});
