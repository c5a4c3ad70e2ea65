import { createDeployment } from '../../../../src/cli/verbs/create/deployment/deployment';
import { createDeploymentFlags } from '../../../../src/cli/verbs/create/deployment/flags';
import { inputOf, testSession } from '../../session';

const path = 'POST /apis/apps/v1/namespaces/default/deployments';

async function line(argv: string[], routes = {}) {
  const session = testSession({ routes });
  await createDeployment(session, inputOf(argv, createDeploymentFlags));
  return session;
}

it('creates what the flags say', async () => {
  const session = await line(['web', '--image=nginx', '--replicas=2', '--port=80'], { [path]: { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'web' } } });
  expect(session.stdout()).toBe('deployment.apps/web created\n');
  expect(session.requests[0]).toContain('fieldManager=kubectl-create');
  expect(session.sent[0]!.body).toMatchObject({ spec: { replicas: 2, template: { spec: { containers: [{ name: 'nginx', ports: [{ containerPort: 80 }] }] } } } });
});

it('keeps the configuration in the order of Go\'s struct', async () => {
  const session = await line(['web', '--image=nginx', '--save-config', '--dry-run=client', '-o', 'jsonpath={.metadata.annotations}']);
  const { 'kubectl.kubernetes.io/last-applied-configuration': saved } = JSON.parse(session.stdout()) as Record<string, string>;
  expect(saved).toMatch(/^\{"kind":"Deployment","apiVersion":"apps\/v1","metadata":\{"name":"web","creationTimestamp":null,"labels"/);
});

it.each([
  [['web'], 'required flag(s) "image" not set'],
  [['--image=nginx'], 'exactly one NAME is required, got 0\nSee \'kubectl create deployment -h\' for help and examples'],
  [['web', '--image=a', '--image=b', '--', 'sh'], 'cannot specify multiple --image options and command'],
])('%j is refused', async (argv, message) => {
  await expect(line(argv)).rejects.toMatchObject({ message });
});
