import type Docker from 'dockerode';
import { ensureNodeImage, nodeImage } from '../../../src/runtime/docker/node';

/** An engine that has the images named, and can do nothing else. */
function engine(...images: string[]): { docker: Docker; asked: string[] } {
  const asked: string[] = [];
  const refuse = (what: string) => () => {
    asked.push(what);
    return Promise.reject(Object.assign(new Error('HTTP 500'), { json: { message: `no ${what} today` } }));
  };
  const docker = {
    getImage: (name: string) => ({ inspect: () => (images.includes(name) ? Promise.resolve({}) : Promise.reject(Object.assign(new Error('no such image'), { statusCode: 404 }))) }),
    pull: refuse('pull'), importImage: refuse('import'), buildImage: refuse('build'),
  };
  return { docker: docker as unknown as Docker, asked };
}

describe('the node image', () => {
  it('is left alone when the engine has it', async () => {
    const { docker, asked } = engine(nodeImage);
    await ensureNodeImage(docker, () => { throw new Error('no step expected'); });
    expect(asked).toEqual([]);
  });

  const refusal = (pull: string) =>
    new RegExp(`^the node image knarr/node:1 cannot be pulled \\(${pull}\\), nor made from Debian packages \\(.+\\), nor built on debian:12-slim \\(no build today\\): .*docker load`);

  it.each([
    ['asks no registry for a name that nobody vouches for', undefined, 'KNARR_NODE_IMAGE names none', ['build']],
    ['says what was tried and what to do when it cannot be had', 'registry.example/node@sha256:0', 'no pull today', ['pull', 'build']],
  ])('%s', async (_what, published, pull, wanted) => {
    const { docker, asked } = engine();
    const steps: string[] = [];
    if (published) process.env['KNARR_NODE_IMAGE'] = published;
    try {
      // Where apt-get has nothing to offer, the second way ends before the engine is asked.
      await expect(ensureNodeImage(docker, (step) => steps.push(step))).rejects.toMatchObject({
        name: 'RuntimeFailure', code: 'ImageNotFound', message: expect.stringMatching(refusal(pull)) as string,
      });
    } finally {
      delete process.env['KNARR_NODE_IMAGE'];
    }
    expect(asked.filter((what) => what !== 'import')).toEqual(wanted);
    expect(new Set(steps).size).toBe(steps.length);
  });
});
