import type { Cluster } from '../../../client/kubeconfig';
import { flagTable, type Input } from '../../flags/spec';
import type { Session } from '../../session';
import { onlyArg } from './args';
import { edit, put, startingConfig } from './file';
import { pemField, requireFile } from './pem';

export const setClusterFlags = flagTable({
  'server': { type: 'string', help: 'Address of the API server.' },
  'tls-server-name': { type: 'string', help: 'Name to expect in the server\'s certificate.' },
  'insecure-skip-tls-verify': { type: 'bool', help: 'Do not check the server\'s certificate.' },
  'certificate-authority': { type: 'string', help: 'File with the authority of the server\'s certificate.' },
  'embed-certs': { type: 'bool', help: 'Copy the file into the kubeconfig.' },
  'proxy-url': { type: 'string', help: 'Proxy on the way to the server.' },
});

type ClusterInput = Input<typeof setClusterFlags>;

/** After k8s.io/kubectl/pkg/cmd/config/set_cluster.go. */
export async function setCluster(session: Session, input: ClusterInput): Promise<void> {
  const name = onlyArg(input.args);
  validate(input, session.cwd);
  const existing = (await startingConfig(session)).clusters.get(name);
  const cluster = modifiedCluster(existing?.value ?? {}, input, session.cwd);
  await edit(session, existing?.file, (config) => put(config.clusters, { name, cluster }));
  session.streams.out.write(`Cluster ${JSON.stringify(name)} set.\n`);
}

function validate({ flags }: ClusterInput, cwd: string): void {
  const authority = flags['certificate-authority'];
  if (flags['insecure-skip-tls-verify'] && authority) throw new Error('you cannot specify a certificate authority and insecure mode at the same time');
  if (!flags['embed-certs']) return;
  if (!authority) throw new Error('you must specify a --certificate-authority to embed');
  requireFile('certificate-authority', authority, cwd);
}

/** The flags that were given over what is there; undefined fields go. */
function modifiedCluster(existing: Cluster, { flags, changed }: ClusterInput, cwd: string): Cluster {
  const authority = flags['certificate-authority'];
  const withoutAuthority = { 'certificate-authority': undefined, 'certificate-authority-data': undefined };
  return {
    ...existing,
    // Another server has another name.
    ...(changed.has('server') && { 'server': flags.server, 'tls-server-name': undefined }),
    ...(changed.has('tls-server-name') && { 'tls-server-name': flags['tls-server-name'] }),
    ...(changed.has('insecure-skip-tls-verify') && { 'insecure-skip-tls-verify': flags['insecure-skip-tls-verify'], ...(flags['insecure-skip-tls-verify'] && withoutAuthority) }),
    ...(changed.has('certificate-authority') && { 'insecure-skip-tls-verify': undefined, ...pemField('certificate-authority', authority, flags['embed-certs'], cwd) }),
    ...(changed.has('proxy-url') && { 'proxy-url': flags['proxy-url'] }),
  } as Cluster;
}
