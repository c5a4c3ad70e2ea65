const isSpace = (character: string) => /\s/.test(character) && character !== '\u00a0';

/**
 * Breaks lines at spaces so that none is longer than `limit`, after github.com/mitchellh/go-wordwrap: the spaces at a
 * break are dropped, words longer than the limit stay whole.
 */
export function wrap(limit: number, text: string): string {
  let out = '';
  let current = 0;
  let word = '';
  let spaces = '';
  const flush = () => {
    current += spaces.length + length(word);
    out += spaces + word;
    spaces = '';
    word = '';
  };
  for (const character of text) {
    if (character === '\n') {
      if (word || current + spaces.length <= limit) flush();
      spaces = '';
      out += character;
      current = 0;
    } else if (isSpace(character)) {
      if (!spaces || word) flush();
      spaces += character;
    } else {
      word += character;
      if (current + length(word) + spaces.length > limit && length(word) < limit) {
        out += '\n';
        current = 0;
        spaces = '';
      }
    }
  }
  return word || current + spaces.length <= limit ? out + spaces + word : out;
}

const length = (text: string): number => [...text].length;

/** Every line moved to the right, empty ones too. */
export const indent = (amount: number, text: string): string => {
  const margin = ' '.repeat(amount);
  return margin + text.replaceAll('\n', `\n${margin}`);
};
