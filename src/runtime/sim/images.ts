import { RuntimeFailure, type ImageInfo } from '../port';
import { simImageId } from './container';

const missing = /does-not-exist|nosuch|no-such/;
const unreachable = /unreachable/;
const invalid = /[A-Z\s]|^$|^[-./:]|:$|\/\//;

/** Throws InvalidImageName for what no registry could have. */
export function simImage(reference: string): ImageInfo | undefined {
  if (!isValid(reference)) throw new RuntimeFailure('InvalidImageName', 'invalid reference format');
  if (missing.test(reference) || unreachable.test(reference)) return undefined;
  const repoDigest = simImageId(reference).slice('docker-pullable://'.length);
  return { id: repoDigest.slice(repoDigest.indexOf('@') + 1), repoTags: [reference], repoDigests: [repoDigest], sizeBytes: 20_000_000, user: '' };
}

export function pullSimImage(reference: string): ImageInfo {
  if (isValid(reference) && unreachable.test(reference)) throw new RuntimeFailure('RegistryUnavailable', `dial tcp: lookup ${reference.split('/')[0]}: no such host`);
  const image = simImage(reference);
  if (!image) throw new RuntimeFailure('ImageNotFound', `pull access denied for ${reference.split(':')[0]}, repository does not exist or may require 'docker login'`);
  return image;
}

/** The repository is lower case; a tag may have capitals. */
function isValid(reference: string): boolean {
  const colon = reference.lastIndexOf(':');
  const repository = colon > reference.lastIndexOf('/') ? reference.slice(0, colon) : reference;
  return !invalid.test(repository) && !reference.endsWith(':');
}
