import { entries, isNull, type YamlNode } from '../../../api/yaml/document';
import { compileRegExp } from '../../../api/go/regexp';
import { applyFieldSpecs, type FieldSpec } from '../field-spec/field-spec';
import { entrySetter, field, requireKind } from '../node/fields';
import { topText } from '../resource/meta';

/** What an image is replaced by; '' for parts that stay. */
export interface Image {
  name: string;
  newName: string;
  newTag: string;
  tagSuffix: string;
  digest: string;
}

/** Replaces an image in the containers of an object, wherever they are, and at places. Source: api/filters/imagetag of kustomize. */
export function setImages(object: YamlNode, image: Image, specs: readonly FieldSpec[]): void {
  if (topText(object, 'kind') === 'CustomResourceDefinition') return;
  walkContainers(object, image);
  applyFieldSpecs(object, specs, { set: (node) => setImage(node, image) });
}

function walkContainers(node: YamlNode, image: Image): void {
  if (node.kind === 'sequence') for (const item of node.content) walkContainers(item, image);
  if (node.kind !== 'mapping') return;
  for (const [key, value] of entries(node)) {
    walkContainers(value, image);
    if ((key.value !== 'containers' && key.value !== 'initContainers') || value.kind !== 'sequence') continue;
    for (const container of value.content) {
      const found = field(container, 'image');
      if (found) setImage(found, image);
    }
  }
}

function setImage(node: YamlNode, image: Image): void {
  requireKind(node, 'scalar');
  const pattern = compileRegExp(`^${image.name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  if (isNull(node) ? !pattern.test('') : !pattern.test(node.value)) return;
  entrySetter('', replaced(node.value, image))(node);
}

/** `host:5000/name:tag@digest` in parts. */
function splitImage(text: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(text.indexOf('/'), 0);
  const rest = text.slice(slash);
  const [at, colon] = [rest.indexOf('@'), rest.indexOf(':')];
  const cut = [at, colon].filter((index) => index >= 0);
  if (!cut.length) return { name: text, tag: '', digest: '' };
  const name = text.slice(0, slash + Math.min(...cut));
  if (at >= 0 && (colon < 0 || at < colon)) return { name, tag: '', digest: rest.slice(at + 1) };
  return { name, tag: rest.slice(colon + 1, at < 0 ? undefined : at), digest: at < 0 ? '' : rest.slice(at + 1) };
}

function replaced(text: string, image: Image): string {
  const { name, ...old } = splitImage(text);
  const { tag, digest } = version(old, image);
  return `${image.newName || name}${tag && `:${tag}`}${digest && `@${digest}`}`;
}

/** A new tag or digest takes the place of both old ones; a suffix that of the digest. */
function version(old: { tag: string; digest: string }, { newTag, digest, tagSuffix }: Image): { tag: string; digest: string } {
  if (newTag || digest) return { tag: newTag, digest };
  return tagSuffix ? { tag: old.tag + tagSuffix, digest: '' } : old;
}
