import { formatValue } from '../go/format';
import { marshalJson } from '../go/json';
import { quote } from '../go/quote';
import { execute, type TemplateError } from './execute';
import { functions } from './functions';
import { parseTemplate } from './parse';

export { TemplateError } from './execute';

/** The name that kubectl gives its templates; errors show it. */
const name = 'output';
const known = new Set(Object.keys(functions));

/**
 * A template as a function from decoded JSON to text. Throws a plain Error for one that cannot be parsed; the function throws
 * TemplateError, which has the output up to there.
 */
export function compileGoTemplate(text: string, { allowMissingKeys = true } = {}): (data: unknown) => string {
  const template = parseTemplate(name, text, known);
  return (data) => execute(template, data, allowMissingKeys);
}

/** What `-o go-template` writes when it fails: to stdout, behind the partial output, and to stderr behind `error: `. */
export function goTemplateFailure(template: string, error: TemplateError, data: unknown): { stdout: string; stderr: string } {
  return {
    stdout: `${error.output}Error executing template: ${error.message}. Printing more information for debugging the template:\n`
      + `\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${marshalJson(data)}\n\tobject given to template engine was:\n\t\t${formatValue(data)}\n\n`,
    stderr: `error executing template ${quote(template)}: ${error.message}`,
  };
}
