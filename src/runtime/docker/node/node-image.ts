import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { RuntimeFailure } from '../../port';
import { baseEntries, busyboxEntries, busyboxPackage, debianFiles, finished, imageExists, importImage, rootfs, tagImage } from './image';

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

const changes = ['ENV PATH=/usr/sbin:/usr/bin', 'LABEL knarr.role=node-image', 'CMD ["/bin/sh"]'] as const;

/** Longest wait for a registry that does not answer; the image is 20 MB. */
const pullTimeoutMs = 60_000;

/** Where it comes from when the engine has none, in this order. */
const sources: readonly { verb: string; from(docker: Docker, onStep: (step: string) => void): Promise<void> }[] = [
  { verb: 'pulled', from: pull },
  { verb: 'made from Debian packages', from: makeFromPackages },
  { verb: 'built on debian:12-slim', from: buildInEngine },
];

/** The image that node containers and sandboxes run: busybox, nft, ip, nsenter, conntrack, socat. */
export async function ensureNodeImage(docker: Docker, onStep: (step: string) => void): Promise<void> {
  if (await imageExists(docker, nodeImage)) return;
  const problems: string[] = [];
  for (const { verb, from } of sources) {
    try {
      return await from(docker, onStep);
    } catch (error) {
      problems.push(`${verb} (${reasonOf(error)})`);
    }
  }
  throw new RuntimeFailure('ImageNotFound',
    `the node image ${nodeImage} cannot be ${problems.join(', nor ')}: connect this machine to a registry or to a Debian mirror and try again, `
    + `or run 'docker save ${nodeImage} -o node.tar' on a machine that has the image and 'docker load -i node.tar' here`);
}

/**
 * The node container may do nearly all that root may, so only an image that somebody vouches for is pulled: the one in
 * KNARR_NODE_IMAGE, best by digest. Nobody must be able to take our place by taking a name on a registry.
 */
async function pull(docker: Docker, onStep: (step: string) => void): Promise<void> {
  const published = process.env['KNARR_NODE_IMAGE'];
  if (!published) throw new Error('KNARR_NODE_IMAGE names none');
  onStep(`Pulling the node image ${published}`);
  await finished(docker, await docker.pull(published, { abortSignal: AbortSignal.timeout(pullTimeoutMs) }));
  await tagImage(docker, published, nodeImage);
}

async function makeFromPackages(docker: Docker, onStep: (step: string) => void): Promise<void> {
  onStep('Making the node image from Debian packages');
  const files = await debianFiles(packages, (step) => onStep(`Making the node image: ${step}`));
  try {
    const entries = [
      ...baseEntries(),
      ...(await files.executables('/usr/sbin/nft', '/bin/ip', '/usr/bin/nsenter', '/usr/sbin/conntrack', '/usr/bin/socat')),
      ...(await busyboxEntries(files, shadowed)),
    ];
    await importImage(docker, { names: [nodeImage], entries, changes });
  } finally {
    await files.close();
  }
}

/** For machines that are not Debian. The scripts are written for busybox's shell. */
async function buildInEngine(docker: Docker, onStep: (step: string) => void): Promise<void> {
  onStep('Building the node image on debian:12-slim');
  const dockerfile = [
    'FROM debian:12-slim',
    `RUN apt-get update && apt-get install --yes --no-install-recommends ${Object.keys(packages).join(' ')} && rm -rf /var/lib/apt/lists/* && ln -sf busybox /bin/sh`,
    ...changes,
  ].join('\n');
  const context = await rootfs([{ path: '/Dockerfile', text: dockerfile }]);
  await finished(docker, await docker.buildImage(Readable.from([context]), { t: nodeImage }));
}

/** The engine's own words, or the last line that a command wrote to stderr. */
function reasonOf(error: unknown): string {
  const { json, stderr, message } = error as { json?: { message?: string }; stderr?: string; message?: string };
  return json?.message ?? (stderr?.trim().split('\n').at(-1) || message) ?? String(error);
}
