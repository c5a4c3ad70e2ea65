import { requireFlags } from '../../../argv/required';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import type { Session } from '../../../session';
import { createGenerated, nameFrom } from '../generated';
import type { createDeploymentFlags } from './flags';
import { generateDeployment } from './generate';

type DeploymentInput = Input<typeof createDeploymentFlags & GlobalFlags>;

const deployments = { group: 'apps', version: 'v1', plural: 'deployments', namespaced: true };

export async function createDeployment(session: Session, input: DeploymentInput): Promise<void> {
  const { flags, args, changed } = input;
  requireFlags(changed, ['image']);
  const name = nameFrom(input, 'kubectl create deployment');
  await createGenerated(session, input, async () => {
    const command = args.slice(1);
    if (flags.image.length > 1 && command.length) throw new Error('cannot specify multiple --image options and command');
    const { name: namespace, explicit } = await session.namespace();
    const spec = { name, ...(explicit && { namespace }), images: flags.image, command, port: flags.port, replicas: flags.replicas };
    return { resource: deployments, type: 'io.k8s.api.apps.v1.Deployment', object: generateDeployment(spec, session.random), failure: 'failed to create deployment:' };
  });
}
