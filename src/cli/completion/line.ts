import { bareValue } from '../argv/parse';
import type { FlagSpec, FlagTable } from '../flags/spec';

/** What stands at the cursor of a line that is not finished. */
export interface Line {
  /** Arguments before the cursor. */
  args: string[];
  /** Flags before the cursor, by name. */
  given: ReadonlySet<string>;
  /** What is to be completed: the value of a flag, the name of one, or an argument. */
  at: { what: 'value'; flag: string; prefix: string } | { what: 'flag' } | { what: 'argument' };
  /** What is there already of the value, name or argument. */
  begun: string;
}

/** Reads the words behind the command, the last of which the cursor is on. */
export function readLine(words: readonly string[], table: FlagTable): Line {
  const [begun = ''] = words.slice(-1);
  const args: string[] = [];
  const given = new Set<string>();
  let wanting = '';
  let onlyArgs = false;
  for (const word of words.slice(0, -1)) {
    if (wanting) wanting = '';
    else if (onlyArgs || !word.startsWith('-') || word === '-') args.push(word);
    else if (word === '--') onlyArgs = true;
    else {
      const [name, spec] = flagOf(word, table);
      given.add(name);
      if (spec && bareValue(spec) === undefined && !hasValue(word)) wanting = name;
    }
  }
  return { args, given, ...cursor(begun, wanting, onlyArgs, table) };
}

function cursor(word: string, wanting: string, onlyArgs: boolean, table: FlagTable): Pick<Line, 'at' | 'begun'> {
  if (wanting) return { at: { what: 'value', flag: wanting, prefix: '' }, begun: word };
  if (onlyArgs || !word.startsWith('-')) return { at: { what: 'argument' }, begun: word };
  const equals = word.indexOf('=');
  if (equals < 0) return { at: { what: 'flag' }, begun: word };
  return { at: { what: 'value', flag: flagOf(word, table)[0], prefix: '' }, begun: word.slice(equals + 1) };
}

function flagOf(word: string, table: FlagTable): [name: string, spec: FlagSpec | undefined] {
  if (word.startsWith('--')) {
    const name = word.slice(2).split('=')[0]!.replaceAll('_', '-');
    return [name, table[name]];
  }
  // Of several letters the last one may want a value.
  const letters = word.slice(1).split('=')[0]!;
  const found = [...letters].map((letter) => Object.entries(table).find(([, { short }]) => short === letter));
  const first = found.find((entry) => entry && bareValue(entry[1]) === undefined) ?? found.at(-1);
  return first ?? [letters, undefined];
}

/** `--a=b`, `-a=b`, `-ab` */
function hasValue(word: string): boolean {
  return word.includes('=') || (!word.startsWith('--') && word.length > 2);
}
