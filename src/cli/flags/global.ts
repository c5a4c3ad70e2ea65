import { flagTable } from './spec';

/** kubectl's options of every command, and --profile, which is knarr's (docs/adr/0005-profile-flag.md). */
export const globalFlags = flagTable({
  'as': { type: 'string', help: 'Act as this user (or service account).' },
  'as-group': { type: 'strings', help: 'Act as a member of this group; may be repeated.' },
  'as-uid': { type: 'string', help: 'Act with this UID.' },
  'cache-dir': { type: 'string', help: 'Directory of the discovery cache (default ~/.kube/cache).' },
  'certificate-authority': { type: 'string', help: 'File with the authority that signed the server\'s certificate.' },
  'client-certificate': { type: 'string', help: 'File with the client certificate.' },
  'client-key': { type: 'string', help: 'File with the key of the client certificate.' },
  'cluster': { type: 'string', help: 'The cluster of the kubeconfig to use.' },
  'context': { type: 'string', help: 'The context of the kubeconfig to use.' },
  'disable-compression': { type: 'bool', help: 'Ask for uncompressed responses.' },
  'insecure-skip-tls-verify': { type: 'bool', help: 'Do not check the server\'s certificate. This makes HTTPS insecure.' },
  'kubeconfig': { type: 'string', help: 'The kubeconfig file to use.' },
  'match-server-version': { type: 'bool', help: 'Refuse to work with a server of another version.' },
  'namespace': { type: 'string', short: 'n', help: 'The namespace to work in.' },
  'password': { type: 'string', help: 'Password for basic authentication.' },
  'profile': { type: 'string', help: 'The knarr cluster to use: short for --context with its name.' },
  'profile-output': { type: 'string', default: 'profile.pprof', help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
  'request-timeout': { type: 'string', default: '0', help: 'Give up on a request after this time: 1s, 2m, 3h. 0: never.' },
  'server': { type: 'string', short: 's', help: 'Address and port of the API server.' },
  'tls-server-name': { type: 'string', help: 'Name to expect in the server\'s certificate.' },
  'token': { type: 'string', help: 'Bearer token for authentication.' },
  'user': { type: 'string', help: 'The user of the kubeconfig to use.' },
  'username': { type: 'string', help: 'User name for basic authentication.' },
  'v': { type: 'int', short: 'v', help: 'How much to log: 6 the requests, 7 and 8 their headers and bodies, 9 as curl commands.' },
  'vmodule': { type: 'string', help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
  'log-flush-frequency': { type: 'duration', default: 5000, help: 'Accepted for kubectl\'s sake; has no effect.', hidden: true },
  'warnings-as-errors': { type: 'bool', help: 'Exit with an error when the server warned.' },
  'help': { type: 'bool', short: 'h', help: 'Show the help of the command.', hidden: true },
});

export type GlobalFlags = typeof globalFlags;
