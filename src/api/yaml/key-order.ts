const isLetter = (char: string) => /\p{L}/u.test(char);
const isDigit = (char: string | undefined) => char !== undefined && /\p{Nd}/u.test(char);

/** The number that starts at `at`, behind the digits that `before` stands for, and where it ends. It overflows as an int64. */
function numberAt(text: string[], at: number, before: bigint): { value: bigint; end: number } {
  let [value, end] = [before, at];
  while (isDigit(text[end])) value = BigInt.asIntN(64, value * 10n + BigInt(text[end++]!.codePointAt(0)! - 0x30));
  return { value, end };
}

/** A zero that follows other digits belongs to their number. */
function continuesNumber(text: string[], at: number): boolean {
  for (let i = at - 1; isDigit(text[i]); i--) if (text[i] !== '0') return true;
  return false;
}

function compareAt(a: string[], b: string[], at: number): number {
  const [charA, charB] = [a[at]!, b[at]!];
  const [letterA, letterB] = [isLetter(charA), isLetter(charB)];
  const byChar = charA.codePointAt(0)! - charB.codePointAt(0)!;
  if (letterA && letterB) return byChar;
  if (letterA || letterB) return letterB ? -1 : 1;
  const before = (charA === '0' || charB === '0') && continuesNumber(a, at) ? 1n : 0n;
  const [numberA, numberB] = [numberAt(a, at, before), numberAt(b, at, before)];
  if (numberA.value !== numberB.value) return numberA.value < numberB.value ? -1 : 1;
  return numberA.end - numberB.end || byChar;
}

const word = /^[a-zA-Z]+$/;

/** The order of a map's keys: numbers inside them count as numbers. Source: go-yaml v2's keyList. */
export function compareKeys(left: string, right: string): number {
  if (word.test(left) && word.test(right)) return left < right ? -1 : left > right ? 1 : 0;
  const [a, b] = [[...left], [...right]];
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return compareAt(a, b, i);
  return a.length - b.length;
}
