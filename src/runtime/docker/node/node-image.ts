import type Docker from 'dockerode';
import { RuntimeFailure } from '../../port';
import { baseEntries, busyboxEntries, busyboxPackage, debianFiles, imageExists, importImage } from './image';

/** One name for all three sources: the engine's store, the published image, the one built here. */
export const nodeImage = 'knarr/node:1';

/** Package → a file that tells whether it is installed. */
const packages = {
  ...busyboxPackage,
  nftables: '/usr/sbin/nft',
  iproute2: '/bin/ip',
  'util-linux': '/usr/bin/nsenter',
  conntrack: '/usr/sbin/conntrack',
  socat: '/usr/bin/socat',
} as const;

/** Programs that busybox would run in place of the real ones. */
const shadowed = ['ip', 'nsenter'];

/** Longest wait for a registry that does not answer; the image is 20 MB. */
const pullTimeoutMs = 60_000;

/** The image that node containers and sandboxes run: busybox, nft, ip, nsenter, conntrack, socat. */
export async function ensureNodeImage(docker: Docker, onStep: (step: string) => void): Promise<void> {
  if (await imageExists(docker, nodeImage)) return;
  const problems: string[] = [];
  for (const source of [pull, build]) {
    try {
      return await source(docker, onStep);
    } catch (error) {
      problems.push(reasonOf(error));
    }
  }
  throw new RuntimeFailure('ImageNotFound',
    `the node image ${nodeImage} can be neither pulled (${problems[0]}) nor built (${problems[1]}): `
    + `on a machine that reaches a registry run 'docker pull ${nodeImage} && docker save ${nodeImage} -o node.tar', then 'docker load -i node.tar' here`);
}

async function pull(docker: Docker, onStep: (step: string) => void): Promise<void> {
  onStep(`Pulling the node image ${nodeImage}`);
  const abortSignal = AbortSignal.timeout(pullTimeoutMs);
  const progress = await docker.pull(nodeImage, { abortSignal });
  await new Promise<void>((resolve, reject) => docker.modem.followProgress(progress, (error) => (error ? reject(error) : resolve())));
}

async function build(docker: Docker, onStep: (step: string) => void): Promise<void> {
  onStep('Building the node image from Debian packages');
  const files = await debianFiles(packages, (step) => onStep(`Building the node image: ${step}`));
  try {
    const entries = [
      ...baseEntries(),
      ...(await files.executables('/usr/sbin/nft', '/bin/ip', '/usr/bin/nsenter', '/usr/sbin/conntrack', '/usr/bin/socat')),
      ...(await busyboxEntries(files, shadowed)),
    ];
    await importImage(docker, {
      names: [nodeImage], entries,
      changes: ['ENV PATH=/usr/sbin:/usr/bin', 'LABEL knarr.role=node-image', 'CMD ["/bin/sh"]'],
    });
  } finally {
    await files.close();
  }
}

/** The engine's own words, or the last line that a command wrote to stderr. */
function reasonOf(error: unknown): string {
  const { json, stderr, message } = error as { json?: { message?: string }; stderr?: string; message?: string };
  return json?.message ?? stderr?.trim().split('\n').at(-1) ?? message ?? String(error);
}
