import { podOf, shell } from '../support/pods';
import { pods } from '../support/resources';
import { row } from '../support/row';

row('[sig-node] Pods Extended Pods Set QOS Class should be set on Pods with matching resource requests and limits for memory and cpu', async (t) => {
  const amounts = { cpu: '100m', memory: '100Mi' };
  const pod = await t.api(pods).create(podOf('pod', [shell('main', 'sleep 3600', { resources: { requests: amounts, limits: amounts } })]));
  expect(pod.status?.qosClass).toBe('Guaranteed');
});
