import { canonicalBase64 } from '../../../api/decode/base64';
import { parseValue } from '../../argv/values';

type Leaf = 'string' | 'bool' | 'bytes' | 'strings' | 'other';

/** What a dotted name means. `field` is spelled as in files; absent, the whole entry or section is meant. */
export type Property =
  | { readonly of: 'section'; readonly section: Section }
  | { readonly of: 'entry'; readonly section: Section; readonly name: string; readonly field?: { readonly name: string; readonly leaf: Leaf } }
  | { readonly of: 'preferences'; readonly field?: { readonly name: string; readonly leaf: Leaf } }
  | { readonly of: 'current-context' }
  /** Fields that every file has and that always say the same. */
  | { readonly of: 'constant' };

export type Section = 'clusters' | 'users' | 'contexts';

/** The fields of client-go's in-memory structs, by their JSON names. */
const sections: Readonly<Record<Section, Readonly<Record<string, Leaf>>>> = {
  clusters: {
    'server': 'string', 'tls-server-name': 'string', 'insecure-skip-tls-verify': 'bool', 'certificate-authority': 'string',
    'certificate-authority-data': 'bytes', 'proxy-url': 'string', 'disable-compression': 'bool', 'extensions': 'other',
  },
  users: {
    'client-certificate': 'string', 'client-certificate-data': 'bytes', 'client-key': 'string', 'client-key-data': 'bytes', 'token': 'string',
    'tokenFile': 'string', 'act-as': 'string', 'act-as-uid': 'string', 'act-as-groups': 'strings', 'act-as-user-extra': 'other',
    'username': 'string', 'password': 'string', 'auth-provider': 'other', 'exec': 'other', 'extensions': 'other',
  },
  contexts: { cluster: 'string', user: 'string', namespace: 'string', extensions: 'other' },
};

const isSection = (word: string): word is Section => Object.hasOwn(sections, word);
const preferenceFields: Readonly<Record<string, Leaf>> = { colors: 'bool', extensions: 'other' };
const constants = new Set(['kind', 'apiVersion']);

const unparsable = (path: string) => new Error(`unable to parse one or more field values of ${path}`);

/** Throws in kubectl's words. Names may have dots: they end where a field's name begins. After navigation_step_parser.go. */
export function parseProperty(path: string): Property {
  const [first, ...rest] = path.split('.') as [string, ...string[]];
  if (isSection(first)) return rest.length ? entryProperty(path, first, rest) : { of: 'section', section: first };
  if (first === 'preferences') return preference(path, rest);
  if (first !== 'current-context' && !constants.has(first)) throw new Error(`unable to parse ${path} after [] at api.Config`);
  if (rest.length) throw unparsable(path);
  return first === 'current-context' ? { of: 'current-context' } : { of: 'constant' };
}

function entryProperty(path: string, section: Section, parts: readonly string[]): Property {
  const fields = sections[section];
  const at = parts.findIndex((part, index) => index > 0 && Object.hasOwn(fields, part));
  if (at < 0) return { of: 'entry', section, name: parts.join('.') };
  if (at < parts.length - 1) throw unparsable(path);
  const name = parts[at]!;
  return { of: 'entry', section, name: parts.slice(0, at).join('.'), field: { name: name.replace(/^act-as/, 'as'), leaf: fields[name]! } };
}

function preference(path: string, [name, ...rest]: readonly string[]): Property {
  if (name === undefined) return { of: 'preferences' };
  const leaf = Object.hasOwn(preferenceFields, name) ? preferenceFields[name]! : undefined;
  if (!leaf) throw new Error(`unable to parse ${path} after [preferences] at api.Preferences`);
  if (rest.length) throw unparsable(path);
  return { of: 'preferences', field: { name, leaf } };
}

/** A value as it stands in the file; undefined for one that is left out. */
export function valueFor(leaf: Leaf, text: string, isRaw: boolean): string | boolean | undefined {
  if (leaf === 'string') return text;
  if (leaf === 'bool') return booleanOf(text);
  if (leaf === 'strings') throw new Error('unrecognized slice type. string');
  if (leaf === 'other') throw new Error('this property is not a single value; edit the file instead');
  if (isRaw) return Buffer.from(text).toString('base64');
  const decoded = canonicalBase64(text);
  if ('illegalAt' in decoded) throw new Error(`error decoding input value: illegal base64 data at input byte ${decoded.illegalAt}`);
  return decoded.text;
}

function booleanOf(text: string): true | undefined {
  const parsed = parseValue({ type: 'bool', help: '' }, text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.ok === 'true' ? true : undefined;
}
