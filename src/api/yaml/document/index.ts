export { collectionNode, entries, isNull, isNullOrEmpty, isText, scalarNode, stringNode, tags, YamlNode, type NodeKind } from './node';
export { readNode } from './read';
export { decodeNode, decodeWritten, GeneralMap, isNonString, nodeOf, ownMeaning } from './value';
export { writeNode } from './write';
