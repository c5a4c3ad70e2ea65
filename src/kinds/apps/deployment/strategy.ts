import type { Deployment } from '../../../api/generated/apps.v1';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { podNamesWarnings, templateWarnings } from '../../pods/warnings';
import { validateDeployment, validateDeploymentUpdate } from './validation';

function defaultRollout({ spec }: Deployment): void {
  const strategy = spec.strategy ??= {};
  strategy.type ||= 'RollingUpdate';
  if (strategy.type !== 'RollingUpdate') return;
  strategy.rollingUpdate ??= {};
  strategy.rollingUpdate.maxUnavailable ??= '25%';
  strategy.rollingUpdate.maxSurge ??= '25%';
}

/** After SetDefaults_Deployment and pkg/registry/apps/deployment/strategy.go. */
export const deploymentStrategy: Strategy<Deployment> = {
  setDefaults(deployment) {
    const { spec } = deployment;
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    defaultRollout(deployment);
    defaultPodTemplate(spec.template);
  },
  resetFields: { status: [['metadata', 'labels']] },
  prepareForCreate(deployment) {
    deployment.status = {};
  },
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  warnings: (deployment, old) => [
    ...(old ? [] : podNamesWarnings(deployment.metadata.name)),
    ...templateWarnings(deployment.spec.template, old?.spec.template),
  ],
  // Annotations are copied to the replica sets, so a change of them is one that the controller must see.
  generationOf: ({ spec, metadata: { annotations } }) => ({ spec, annotations }),
};
