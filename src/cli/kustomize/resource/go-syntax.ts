import { formatFloat } from '../../../api/go/format';
import { quote } from '../../../api/go/quote';
import { entries, ownMeaning, type YamlNode } from '../../../api/yaml/document';

/** How Go shows values: `%#v` or `%v`. */
interface Style {
  scalar: (resolved: ReturnType<typeof ownMeaning>) => string;
  list: (items: string[]) => string;
  map: (members: [key: string, value: string][], isKeyed: boolean) => string;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `%#v` of a time, whose zone is nameless unless it is UTC. */
function timeSyntax(text: string): string {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    /^(\d+)-(\d+)-(\d+)(?:[Tt ](\d+):(\d+):(\d+)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?/.exec(text)!;
  const numbers = [day, hour, minute, second, fraction.padEnd(9, '0').slice(0, 9)].map(Number);
  return `time.Date(${year}, time.${months[Number(month) - 1]}, ${numbers.join(', ')}, ${/^(?:Z|[-+]00:00)$/.test(zone) ? 'time.UTC' : 'time.Location("")'})`;
}

const syntax: Style = {
  scalar: (resolved) => {
    switch (resolved.tag) {
      case 'null': return 'interface {}(nil)';
      case 'int': return resolved.value >= 2n ** 63n ? `0x${resolved.value.toString(16)}` : String(resolved.value);
      case 'float': return formatFloat(resolved.value);
      case 'bool': return String(resolved.value);
      case 'timestamp': return timeSyntax(resolved.value);
      default: return quote(resolved.value);
    }
  },
  list: (items) => `[]interface {}{${items.join(', ')}}`,
  map: (members, isKeyed) => `map[${isKeyed ? 'string' : 'interface {}'}]interface {}{${members.map((member) => member.join(':')).join(', ')}}`,
};

const plain: Style = {
  scalar: (resolved) => (resolved.tag === 'null' ? '<nil>' : resolved.tag === 'float' ? formatFloat(resolved.value) : String(resolved.value)),
  list: (items) => `[${items.join(' ')}]`,
  map: (members) => `map[${members.map((member) => member.join(':')).join(' ')}]`,
};

/** Keys of one type are sorted by their value; the types follow each other as they happen to in kubectl. */
const ranks = ['str', 'merge', 'uint', 'int', 'float', 'bool', 'timestamp', 'null'];

const rankOf = ({ tag, value }: ReturnType<typeof ownMeaning>): number => ranks.indexOf(tag === 'int' && value >= 2n ** 63n ? 'uint' : tag);

function show(node: YamlNode, style: Style, root: boolean): string {
  if (node.kind === 'scalar') return style.scalar(ownMeaning(node));
  if (node.kind === 'sequence') return style.list(node.content.map((item) => show(item, style, false)));
  const members = [...entries(node)].map(([key, value]) => ({ key: ownMeaning(key), text: key.value, value }));
  const isKeyed = root || members.every(({ key }) => key.tag === 'str' || key.tag === 'merge');
  members.sort((a, b) => (isKeyed ? compare(a.text, b.text) : rankOf(a.key) - rankOf(b.key) || compare(a.key.value, b.key.value)));
  return style.map(members.map(({ key, text, value }) => [isKeyed ? style.scalar({ tag: 'str', value: text }) : style.scalar(key), show(value, style, false)]), isKeyed);
}

const compare = (a: unknown, b: unknown): number => ((a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0);

/** `%#v` of what an object is decoded to. */
export const goSyntaxOf = (object: YamlNode): string => show(object, syntax, true);

/** `%v` of what a node is decoded to. */
export const goTextOf = (node: YamlNode): string => show(node, plain, true);
