export interface ImageReference {
  /** As written, without tag and digest. */
  readonly name: string;
  /** `latest` where neither tag nor digest is given, '' where only a digest is. */
  readonly tag: string;
  /** `sha256:…`, or ''. */
  readonly digest: string;
}

const domain = /(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?/.source;
const component = /[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*/.source;
const pattern = new RegExp(`^((?:${domain}/)?${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`);

/** Undefined for what is no image reference. After the grammar of distribution/reference. */
export function parseImageReference(image: string): ImageReference | undefined {
  const match = pattern.exec(image);
  if (!match) return undefined;
  const [, name = '', tag, digest = ''] = match;
  return { name, tag: tag ?? (digest ? '' : 'latest'), digest };
}
