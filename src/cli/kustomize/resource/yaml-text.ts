import { collectionNode, scalarNode, tags, writeNode, type YamlNode } from '../../../api/yaml/document';
import { styleOfString } from '../../../api/yaml/document/scalar-form';

/** A mapping in the order given, without what is '' or undefined: how Go writes a struct whose fields are omitted when empty. */
export function mappingOf(members: [name: string, value: string | YamlNode | undefined][]): YamlNode {
  return collectionNode('mapping', members.flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    return [scalarNode(name), typeof value === 'string' ? scalarNode(value, tags.str, styleOfString(value)) : value];
  }));
}

export const bareText = (items: YamlNode[]): string => writeNode(collectionNode('sequence', items));
