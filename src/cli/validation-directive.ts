export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

const words: Record<string, FieldValidation> = { strict: 'Strict', true: 'Strict', warn: 'Warn', ignore: 'Ignore', false: 'Ignore' };

/** The meaning of --validate. After cmdutil.GetValidationDirective; throws its text. */
export function fieldValidation(value: string): FieldValidation {
  const directive = Object.hasOwn(words, value) ? words[value] : undefined;
  if (!directive) throw new Error(`invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`);
  return directive;
}
