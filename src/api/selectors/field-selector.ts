import { badRequest } from '../errors';

export interface FieldRequirement {
  field: string;
  op: '=' | '!=';
  value: string;
}

/** A value for use inside a field selector's text. */
export function escapeFieldValue(value: string): string {
  return value.replace(/[\\,=]/g, '\\$&');
}

function unescapeFieldValue(text: string): string {
  return text.replace(/\\(.?)|[,=]/gsu, (match, escaped: string | undefined) => {
    // Upstream prints the rune as a number here.
    if (escaped === undefined) throw badRequest(`invalid field selector: unescaped character in value: ${match.codePointAt(0)}`);
    if (!escaped || !'\\,='.includes(escaped)) throw badRequest(`invalid field selector: invalid escape sequence: ${match}`);
    return escaped;
  });
}

/** The terms between commas; an escaped comma stays in its term, with its backslash. */
const splitTerms = (text: string) => text.match(/(?:\\.|[^,\\]|\\$)+/gs) ?? [];

function parseTerm(text: string, term: string): FieldRequirement {
  const [, field, operator, value] = /^(.*?)(!=|==|=)(.*)$/s.exec(term) ?? [];
  if (field === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
  return { field, op: operator === '!=' ? '!=' : '=', value: unescapeFieldValue(value!) };
}

/** `metadata.name=web,status.phase!=Running` as requirements, terms sorted. Throws BadRequest. Source: fields.ParseSelector. */
export function parseFieldSelector(text: string): FieldRequirement[] {
  return splitTerms(text).sort().map((term) => parseTerm(text, term));
}

/** The text of requirements. Source: fields.Selector.String. */
export function formatFieldSelector(requirements: readonly FieldRequirement[]): string {
  return requirements.map(({ field, op, value }) => `${field}${op}${escapeFieldValue(value)}`).join(',');
}

/** `valueOf` gives a field's value, '' when it is unset. */
export function fieldsMatch(requirements: readonly FieldRequirement[], valueOf: (field: string) => string): boolean {
  return requirements.every(({ field, op, value }) => (valueOf(field) === value) === (op === '='));
}
