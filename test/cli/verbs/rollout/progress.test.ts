import { progressViewers } from '../../../../src/cli/verbs/rollout/progress';

const deployment = (status: object, revision = '3') => ({
  metadata: { name: 'web', generation: 2, annotations: { 'deployment.kubernetes.io/revision': revision } },
  spec: { replicas: 3 }, status: { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3, ...status },
});
const daemonSet = (status: object, type = 'RollingUpdate') => ({
  metadata: { name: 'log', generation: 1 }, spec: { updateStrategy: { type } },
  status: { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2, ...status },
});
const statefulSet = (status: object, updateStrategy: object = { type: 'RollingUpdate' }) => ({
  metadata: { name: 'db', generation: 1 }, spec: { replicas: 3, updateStrategy },
  status: { observedGeneration: 1, readyReplicas: 3, updatedReplicas: 3, currentReplicas: 3, currentRevision: 'db-1', updateRevision: 'db-1', ...status },
});
const partition = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } };

test.each<[string, object, string, boolean]>([
  ['Deployment.apps', deployment({}), 'deployment "web" successfully rolled out', true],
  ['Deployment.apps', deployment({ observedGeneration: 1 }), 'Waiting for deployment spec update to be observed...', false],
  ['Deployment.apps', deployment({ updatedReplicas: 1 }), 'Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...', false],
  ['Deployment.apps', deployment({ replicas: 5 }), 'Waiting for deployment "web" rollout to finish: 2 old replicas are pending termination...', false],
  ['Deployment.apps', deployment({ availableReplicas: 2 }), 'Waiting for deployment "web" rollout to finish: 2 of 3 updated replicas are available...', false],
  ['DaemonSet.apps', daemonSet({}), 'daemon set "log" successfully rolled out', true],
  ['DaemonSet.apps', daemonSet({ updatedNumberScheduled: 1 }), 'Waiting for daemon set "log" rollout to finish: 1 out of 2 new pods have been updated...', false],
  ['DaemonSet.apps', daemonSet({ numberAvailable: 1 }), 'Waiting for daemon set "log" rollout to finish: 1 of 2 updated pods are available...', false],
  ['StatefulSet.apps', statefulSet({}), 'statefulset rolling update complete 3 pods at revision db-1...', true],
  ['StatefulSet.apps', statefulSet({ observedGeneration: 0 }), 'Waiting for statefulset spec update to be observed...', false],
  ['StatefulSet.apps', statefulSet({ readyReplicas: 1 }), 'Waiting for 2 pods to be ready...', false],
  ['StatefulSet.apps', statefulSet({ updateRevision: 'db-2', updatedReplicas: 1 }), 'waiting for statefulset rolling update to complete 1 pods at revision db-2...', false],
  ['StatefulSet.apps', statefulSet({ updatedReplicas: 1 }, partition), 'Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...', false],
  ['StatefulSet.apps', statefulSet({ updatedReplicas: 2 }, partition), 'partitioned roll out complete: 2 new pods have been updated...', true],
])('%s %#', (kind, object, text, done) => {
  expect(progressViewers[kind]!(object as never, 0)).toEqual({ text: `${text}\n`, done });
});

test.each<[string, object, number, string]>([
  ['Deployment.apps', deployment({}), 2, 'desired revision (2) is different from the running revision (3)'],
  ['Deployment.apps', deployment({ conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }] }), 0, 'deployment "web" exceeded its progress deadline'],
  ['DaemonSet.apps', daemonSet({}, 'OnDelete'), 0, 'rollout status is only available for RollingUpdate strategy type'],
  ['StatefulSet.apps', statefulSet({}, { type: 'OnDelete' }), 0, 'rollout status is only available for RollingUpdate strategy type'],
])('%s fails %#', (kind, object, revision, message) => {
  expect(() => progressViewers[kind]!(object as never, revision)).toThrow(message);
});
