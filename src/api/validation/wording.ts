// The sentences that rules are made of: MaxLenError, RegexError, EmptyError, InclusiveRangeError of pkg/util/validation.

export const maxLength = (characters: number) => `must be no more than ${characters} characters`;

export const nonEmpty = 'must be non-empty';

export const inclusiveRange = (low: number, high: number) => `must be between ${low} and ${high}, inclusive`;

export const nonNegative = 'must be greater than or equal to 0';

export const fieldIsImmutable = 'field is immutable';

export function regexMessage(message: string, format: string, ...examples: string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (${shown && `e.g. ${shown}`}regex used for validation is '${format}')`;
}
