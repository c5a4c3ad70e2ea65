import { hostsFile, nodeHostsFile } from '../../../src/cluster/kubelet/spec/hosts';

const local = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback', 'fe00::0\tip6-localnet', 'fe00::0\tip6-mcastprefix', 'fe00::1\tip6-allnodes', 'fe00::2\tip6-allrouters'];
const file = (header: string, ...own: string[]) => [header, ...local, ...own, ''].join('\n');
const added = ['', '# Entries added by HostAliases.', '1.2.3.4\tfoo\tbar', '1.2.3.5'];
const aliases = [{ ip: '1.2.3.4', hostnames: ['foo', 'bar'] }, { ip: '1.2.3.5' }];
const managed = '# Kubernetes-managed hosts file.';
const onHost = '# Kubernetes-managed hosts file (host network).';

test.each([
  ['a pod', hostsFile('10.0.0.2', 'web', '', []), file(managed, '10.0.0.2\tweb')],
  ['a pod with a subdomain', hostsFile('10.0.0.2', 'web', 'sub.ns.svc.cluster.local', []), file(managed, '10.0.0.2\tweb.sub.ns.svc.cluster.local\tweb')],
  ['a pod with aliases', hostsFile('10.0.0.2', 'web', '', aliases), file(managed, '10.0.0.2\tweb', ...added)],
  ['a pod on the network of its node', nodeHostsFile('172.18.0.2', 'node-1', []), file(onHost, '172.18.0.2\tnode-1')],
  ['a pod on the network of its node, with aliases', nodeHostsFile('172.18.0.2', 'node-1', aliases), file(onHost, '172.18.0.2\tnode-1', ...added)],
])('%s', (_, text, expected) => {
  expect(text).toBe(expected);
});
