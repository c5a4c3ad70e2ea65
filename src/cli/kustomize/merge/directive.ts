import { isNull, type YamlNode } from '../../../api/yaml/document';
import { setElement } from '../node/elements';
import { clearField, field, member } from '../node/fields';

/** What a patch asks for in place of being merged. */
export type Directive = 'merge' | 'replace' | 'delete';

const key = '$patch';
const known: readonly string[] = ['merge', 'replace', 'delete'] satisfies Directive[];

/** Reads `$patch` of a mapping, or of the item of a list that holds nothing else, and removes it. Throws for an unknown word. */
export function takeDirective(patch: YamlNode | undefined): Directive {
  if (!patch) return 'merge';
  if (patch.kind === 'scalar') throw new Error(`no implemented strategic merge patch strategy for '${patch.tag}' ('${patch.value}')`);
  return patch.kind === 'mapping' ? ofMapping(patch) : ofSequence(patch);
}

function ofMapping(patch: YamlNode): Directive {
  const node = field(patch, key);
  if (!node) return 'merge';
  const directive = checked(node.value);
  clearField(patch, key);
  return directive;
}

function ofSequence(patch: YamlNode): Directive {
  const item = patch.content.find((node) => !isNull(node) && member(node, key));
  if (!item || item.content.length > 2) return 'merge';
  const directive = checked(member(item, key)!.value);
  setElement(patch, undefined, { keys: [key], values: [directive] });
  return directive;
}

function checked(word: string): Directive {
  if (!known.includes(word)) throw new Error(`unknown patch strategy '${word}'`);
  return word as Directive;
}
