// `npm start`: a cluster, the guestbook on it, its page, and what to try next.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const root = fileURLToPath(new URL('..', import.meta.url));
const knarr = `${root}bin/knarr`;
const manifest = 'examples/guestbook.yaml';
const pageUrl = 'http://127.0.0.1:30080/';
const patienceMs = 300_000;

function run(...args) {
  console.log(`\n$ knarr ${args.join(' ')}`);
  const { status } = spawnSync(knarr, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function read(...args) {
  const { status, stdout, stderr } = spawnSync(knarr, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout);
}

const isReady = ({ spec, status }) => (status?.readyReplicas ?? 0) === spec.replicas && status.updatedReplicas === spec.replicas;

const waitingReasons = (pods) => pods.items
  .flatMap((pod) => pod.status?.containerStatuses ?? [])
  .flatMap((container) => (container.state?.waiting?.message ? [`${container.image}: ${container.state.waiting.reason}`] : []));

/** No registry within reach: the same images can be made from Debian packages. */
function makeImagesOnce() {
  if (makeImagesOnce.done || spawnSync('sh', ['-c', 'command -v apt-get'], { stdio: 'ignore' }).status !== 0) return;
  makeImagesOnce.done = true;
  console.log('The images cannot be pulled here; making them from Debian packages (npm run images).');
  spawnSync('npm', ['run', '--silent', 'images'], { cwd: root, stdio: 'inherit' });
}

async function waitUntilReady() {
  console.log('\nWaiting for the guestbook …');
  const deadline = Date.now() + patienceMs;
  let shown = '';
  while (Date.now() < deadline) {
    const deployments = read('get', 'deployments', '-o', 'json').items;
    const line = deployments.map(({ metadata, spec, status }) => `${metadata.name} ${status?.readyReplicas ?? 0}/${spec.replicas}`).join('  ');
    if (line !== shown) console.log(`  ${line}`);
    shown = line;
    if (deployments.every(isReady)) return;
    const reasons = waitingReasons(read('get', 'pods', '-o', 'json'));
    if (reasons.some((reason) => /ErrImagePull|ImagePullBackOff/.test(reason))) makeImagesOnce();
    await delay(300);
  }
  console.error('It is not ready yet. `knarr describe pods` says why.');
  process.exit(1);
}

function fetchPage() {
  return new Promise((resolve, reject) => {
    get(pageUrl, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => { body += chunk; }).on('end', () => resolve(body));
    }).on('error', reject);
  });
}

run('start');
run('apply', '-f', manifest);
await waitUntilReady();
run('get', 'all');
console.log(`\n$ curl ${pageUrl}`);
console.log(await fetchPage());
console.log(`Try next:
  bin/knarr get pods -o wide
  bin/knarr scale deployment web --replicas=5
  bin/knarr logs deployment/web
  bin/knarr describe service web
  bin/knarr stop        (knarr start brings it all back)
  bin/knarr destroy     (removes everything)`);
