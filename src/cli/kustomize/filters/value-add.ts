import { scalarNode, type YamlNode } from '../../../api/yaml/document';
import { requireKind, setScalar } from '../node/fields';
import { lookup } from '../node/lookup';
import { splitPath } from '../node/path';

/** Sets a field to a value, or puts the value among the parts of a file path that it holds. Source: api/filters/valueadd of kustomize. */
export function addValue(object: YamlNode, value: string, fieldPath: string, filePathPosition: number): void {
  const path = fieldPath.startsWith('/') ? ['', ...splitPath(fieldPath, '/')] : splitPath(fieldPath, '/');
  const node = lookup(object, path, 'scalar')!;
  requireKind(node, 'scalar');
  const text = filePathPosition > 0 ? insertPart(node.value, filePathPosition - 1, value) : value;
  if (text !== '') setScalar(node, scalarNode(text));
}

function insertPart(path: string, position: number, part: string): string {
  if (part === '') return path;
  const isAbsolute = path.startsWith('/');
  const parts = path.split('/').filter(Boolean);
  parts.splice(Math.min(position, parts.length), 0, part);
  return `${isAbsolute ? '/' : ''}${parts.join('/')}`;
}
