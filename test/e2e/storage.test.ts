import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithEngine } from '../support/engine';

jest.setTimeout(180_000);

const profile = 'e2e-storage';

const statefulSet = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 2
  podManagementPolicy: Parallel
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      terminationGracePeriodSeconds: 0
      securityContext: { runAsUser: 1000, fsGroup: 2000 }
      containers:
        - name: main
          image: busybox:1.36
          command: [sh, -c, 'hostname >> /data/log; sleep 3600']
          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 100Mi } } }
`;

const recycled = (path: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: scratch }
spec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteMany], persistentVolumeReclaimPolicy: Recycle, storageClassName: '', hostPath: { path: ${path} } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: scratch }
spec: { accessModes: [ReadWriteMany], storageClassName: '', resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Pod
metadata: { name: reader }
spec:
  terminationGracePeriodSeconds: 0
  containers:
    - { name: main, image: 'busybox:1.36', command: [sleep, '3600'], volumeMounts: [{ name: scratch, mountPath: /in, readOnly: true }] }
  volumes: [{ name: scratch, persistentVolumeClaim: { claimName: scratch } }]
`;

describeWithEngine('storage on Docker', () => {
  let cluster: TestCluster;
  const ok = (args: string[], stdin?: string) => {
    const { stdout, stderr, code } = cluster.kubectl(args, stdin);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  beforeAll(() => {
    cluster = startedCluster(profile, 'docker');
  });
  afterAll(() => cluster?.destroy());

  it('the data of a StatefulSet outlives its pods, and goes with the claims', async () => {
    ok(['apply', '-f', '-'], statefulSet);
    ok(['rollout', 'status', 'statefulset/db', '--timeout=60s']);
    ok(['delete', 'pod', 'db-0', 'db-1']);
    await eventually(() => ok(['exec', 'db-0', '--', 'cat', '/data/log']) === 'db-0\ndb-0\n');
    expect(ok(['exec', 'db-1', '--', 'stat', '-c', '%g', '/data/log'])).toBe('2000\n');
    const files = join(cluster.home, 'state', profile, 'volumes');
    expect(readdirSync(files)).toHaveLength(2);
    ok(['delete', 'statefulset', 'db']);
    ok(['wait', '--for=delete', 'pod', '-l', 'app=db', '--timeout=60s']);
    expect(readdirSync(files)).toHaveLength(2);
    ok(['delete', 'pvc', '--all']);
    await eventually(() => ok(['get', 'pv', '-o', 'name']) === '');
    expect(readdirSync(files)).toEqual([]);
  });

  it('a directory of the host is a volume, and is emptied when it is recycled', async () => {
    const path = join(cluster.home, 'scratch');
    mkdirSync(path);
    writeFileSync(join(path, 'note'), 'from the host\n');
    ok(['apply', '-f', '-'], recycled(path));
    ok(['wait', '--for=condition=Ready', 'pod/reader', '--timeout=60s']);
    expect(ok(['exec', 'reader', '--', 'cat', '/in/note'])).toBe('from the host\n');
    expect(cluster.kubectl(['exec', 'reader', '--', 'touch', '/in/other']).code).toBe(1);
    ok(['delete', 'pod/reader', 'pvc/scratch']);
    await eventually(() => ok(['get', 'pv', 'scratch', '-o', 'jsonpath={.status.phase}']) === 'Available');
    expect(existsSync(path)).toBe(true);
    expect(readdirSync(path)).toEqual([]);
  });
});
