import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileGoTemplate, goTemplateFailure, type TemplateError } from '../../api/gotemplate';
import { withFloats } from '../../api/go/compare';
import { compileJsonPath, jsonPathFailure, type JsonPathError } from '../../api/jsonpath';
import { errnoText } from '../../client/kubeconfig/errors';
import { isEvent, type Printable } from './objects';
import type { ObjectPrinter, PrinterOptions } from './types';

type Maker = (template: string, options: PrinterOptions) => ObjectPrinter;

/** Those whose argument is the name of a file end in `file`. */
const makers: Readonly<Record<string, Maker>> = {
  'jsonpath': (template, options) => jsonPathPrinter(template, options, false),
  'jsonpath-as-json': (template, options) => jsonPathPrinter(template, options, true),
  'jsonpath-file': (template, options) => jsonPathPrinter(template, options, false),
  'go-template': goTemplatePrinter,
  'go-template-file': goTemplatePrinter,
  'template': goTemplatePrinter,
  'templatefile': goTemplatePrinter,
};

/** The printer of `jsonpath=…` and its like; undefined when the format is no template. */
export function templatePrinter(output: string, options: PrinterOptions): ObjectPrinter | undefined {
  const { format, value } = splitFormat(output, Object.keys(makers), options.flags.template);
  const maker = makers[format];
  if (!maker) return undefined;
  if (!value) throw new Error('template format specified but no template given');
  return maker(format.endsWith('file') ? readTemplate(value, options.cwd) : value, options);
}

/** `jsonpath={.a}` as format and template; a template given by --template leaves the output as it is. */
export function splitFormat(output: string, formats: readonly string[], template = ''): { format: string; value: string } {
  if (template) return { format: output, value: template };
  const format = formats.find((each) => output.startsWith(`${each}=`));
  return format ? { format, value: output.slice(format.length + 1) } : { format: output, value: '' };
}

export function readTemplate(file: string, cwd: string, what = '--template'): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new Error(`error reading ${what} ${file}, open ${file}: ${errnoText(error)}`);
  }
}

function jsonPathPrinter(template: string, { flags, out, keepOrder }: PrinterOptions, asJson: boolean): ObjectPrinter {
  const run = parseWith('jsonpath', template, () => compileJsonPath(template, { allowMissingKeys: flags['allow-missing-template-keys'] ?? true, asJson }));
  return (object) => {
    // A Go struct comes to a jsonpath by way of encoding/json, which knows no integers.
    const data = keepOrder ? withFloats(dataOf(object)) : dataOf(object);
    try {
      out.write(run(data));
    } catch (error) {
      if ((error as Error).name !== 'JsonPathError') throw error;
      throw new Error(jsonPathFailure(template, error as JsonPathError, data));
    }
  };
}

function parseWith<T>(language: string, template: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`error parsing ${language} ${template}, ${(error as Error).message}`);
  }
}

function goTemplatePrinter(template: string, { flags, out }: PrinterOptions): ObjectPrinter {
  const run = parseWith('template', template, () => compileGoTemplate(template, { allowMissingKeys: flags['allow-missing-template-keys'] ?? true }));
  return (object) => {
    const data = dataOf(object);
    try {
      out.write(run(data));
    } catch (error) {
      if ((error as Error).name !== 'TemplateError') throw error;
      const { stdout, stderr } = goTemplateFailure(template, error as TemplateError, data);
      out.write(stdout);
      throw new Error(stderr);
    }
  };
}

const dataOf = (object: Printable): unknown => (isEvent(object) ? { type: object.type, object: object.object } : object);
