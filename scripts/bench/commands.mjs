// Commands of knarr against kubectl's: whole processes, in turn, over mTLS to the same server.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import oracle from '../lib/oracle.cjs';
import { knarr, withCluster } from '../lib/cluster.mjs';
import { pairedRatio } from './stats.mjs';

const runs = 15;
const applied = 20;
const many = 500;

const reads = 0.8;
const others = 1.0;
/** [command line, limit of knarr / kubectl]; OBJECTS is a file of `applied` objects that are there and as the file says. */
const commands = [
  ['get pods', reads],
  ['get pods -n many', reads],
  ['get pods -o yaml', reads],
  ['get deployment web -o json', reads],
  ['describe deployment web', reads],
  ['describe pods', reads],
  ['create deployment new --image=nginx --dry-run=client -o yaml', reads],
  ['version --client', reads],
  ['apply -f OBJECTS', others],
  ['label deployment web a=b --overwrite', others],
  ['scale deployment web --replicas=10', others],
  ['wait --for=condition=Available deployment/web', others],
  ['api-resources', others],
  ['explain pods.spec', others],
];

export function benchCommands() {
  return withCluster({ profile: 'bench', runtime: 'sim' }, ({ env, home }) => {
    const run = (program, ...args) => {
      const { status, stderr } = spawnSync(program, args, { env, maxBuffer: 64 * 1024 * 1024 });
      if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
    };
    const file = join(home, 'objects.yaml');
    writeFileSync(file, Array.from({ length: applied }, (_, index) => manifest(index)).join('---\n'));
    run(oracle.kubectlPath(), 'create', 'deployment', 'web', '--image=nginx', '--replicas=10');
    run(oracle.kubectlPath(), 'wait', '--for=condition=Available', 'deployment/web', '--timeout=60s');
    // More than the node takes: most of them stay pending.
    run(oracle.kubectlPath(), 'create', 'namespace', 'many');
    run(oracle.kubectlPath(), 'create', 'deployment', 'web', '-n', 'many', '--image=nginx', `--replicas=${many}`);
    run(oracle.kubectlPath(), 'wait', '-n', 'many', `--for=jsonpath={.status.replicas}=${many}`, 'deployment/web', '--timeout=120s');
    run(oracle.kubectlPath(), 'apply', '-f', file);
    return commands.map(([line, limit]) => {
      const args = line.replace('OBJECTS', file).split(' ');
      const { ratio, aMs, bMs } = pairedRatio(() => run(knarr, ...args), () => run(oracle.kubectlPath(), ...args), { runs, warmup: 3 });
      return { name: line.replace('OBJECTS', `${applied} objects`), value: ratio, limit, detail: `${aMs.toFixed(0)} ms / ${bMs.toFixed(0)} ms` };
    });
  });
}

const manifest = (index) => `apiVersion: ${index % 2 ? 'v1\nkind: ConfigMap' : 'apps/v1\nkind: Deployment'}
metadata: {name: object-${index}}
${index % 2 ? 'data: {key: value}' : `spec:
  replicas: 0
  selector: {matchLabels: {app: object-${index}}}
  template:
    metadata: {labels: {app: object-${index}}}
    spec: {containers: [{name: main, image: nginx}]}`}
`;
