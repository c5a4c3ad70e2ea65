import type { Container, PodSpec } from '../../../src/api/generated/core.v1';
import { unenforcedWarnings } from '../../../src/kinds/pods/unenforced';

const main: Container = { name: 'main', image: 'nginx' };
const withContainer = (more: Partial<Container>): PodSpec => ({ containers: [{ ...main, ...more }] });
const withPod = (more: Partial<PodSpec>): PodSpec => ({ containers: [main], ...more });

const rows: [title: string, spec: PodSpec, fields: string[]][] = [
  ['nothing is asked for that is not done', withPod({ hostUsers: true, securityContext: { fsGroup: 1, appArmorProfile: { type: 'RuntimeDefault' }, supplementalGroupsPolicy: 'Merge' } }), []],
  ['users of its own', withPod({ hostUsers: false }), ['spec.hostUsers']],
  ['a long hostname', withPod({ setHostnameAsFQDN: true }), ['spec.setHostnameAsFQDN']],
  ['devices', withPod({ resourceClaims: [{ name: 'gpu' }] }), ['spec.resourceClaims']],
  ['labels of SELinux', withPod({ securityContext: { seLinuxOptions: { level: 's0' } } }), ['spec.securityContext.seLinuxOptions']],
  ['groups of its own only', withPod({ securityContext: { supplementalGroupsPolicy: 'Strict' } }), ['spec.securityContext.supplementalGroupsPolicy']],
  ['a profile of AppArmor', withPod({ securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'p' } } }), ['spec.securityContext.appArmorProfile']],
  ['the whole of /proc', withContainer({ securityContext: { procMount: 'Unmasked' } }), ['spec.containers[0].securityContext.procMount']],
  ['an init container, too', { ...withPod({}), initContainers: [{ ...main, securityContext: { procMount: 'Unmasked' } }] }, ['spec.initContainers[0].securityContext.procMount']],
  ['what is mounted below', withContainer({ volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true, recursiveReadOnly: 'Enabled' }] }), ['spec.containers[0].volumeMounts[0].recursiveReadOnly']],
];

test.each(rows)('%s', (_, spec, fields) => {
  const warnings = unenforcedWarnings(spec, 'spec');
  expect(warnings.map((text) => text.slice(0, text.indexOf(': ')))).toEqual(fields);
  for (const text of warnings) expect(text).toMatch(/: stored but not enforced: \w/);
});
