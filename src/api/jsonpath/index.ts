import { Float } from '../go/compare';
import { formatFloat, formatValue } from '../go/format';
import { marshalJson } from '../go/json';
import { quote } from '../go/quote';
import { goSyntax } from '../go/syntax';
import type { JsonPathError} from './evaluate';
import { evaluate, type Context } from './evaluate';
import type { Node } from './nodes';
import { parseJsonPath } from './parse';

export { JsonPathError } from './evaluate';

export interface JsonPathOptions {
  /** Fields that are not there are empty, not errors. */
  allowMissingKeys?: boolean;
  /** Each result as an indented JSON array (`-o jsonpath-as-json`). */
  asJson?: boolean;
}

class Run {
  /** Where the latest `end` was; it may have closed an inner range, when the outer one has none. */
  private latestEnd = -1;

  constructor(private readonly nodes: Node[], private readonly allowMissingKeys: boolean) {}

  /** Up to the `end` of the range that it is in. Behind a range without one, what was its body is run again. */
  from(start: number, data: unknown, inRange: boolean): unknown[][] {
    const results: unknown[][] = [];
    for (let i = start; i < this.nodes.length; i++) {
      const context: Context = { allowMissingKeys: this.allowMissingKeys, inRange };
      const found = evaluate([data], this.nodes[i]!, context);
      if (context.met === 'end') {
        this.latestEnd = i;
        return results;
      }
      if (context.met === 'range') {
        results.push(...this.range(i + 1, found));
        i = Math.max(i, this.latestEnd);
      } else results.push(found);
    }
    return results;
  }

  /** The body is run for each value, or once on nothing so that its `end` is found. */
  private range(start: number, values: unknown[]): unknown[][] {
    if (values.length) return values.flatMap((value) => this.from(start, value, true));
    this.from(start, undefined, true);
    return [];
  }
}

function print(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return '<no value>';
  if (value instanceof Float) return formatFloat(value.value);
  return typeof value === 'object' ? marshalJson(value) : formatValue(value);
}

/** What each part of a template finds: for sorting and columns. Throws upstream's error for a template that cannot be parsed. */
export function compileJsonPathResults(template: string, { allowMissingKeys = false }: JsonPathOptions = {}): (data: unknown) => unknown[][] {
  const { nodes } = parseJsonPath(template);
  return (data) => new Run(nodes, allowMissingKeys).from(0, data, false);
}

/**
 * A template as a function from decoded JSON to text. Throws a plain Error for a template that cannot be parsed; the function throws
 * JsonPathError. Maps and lists come as JSON, several values with spaces between them.
 */
export function compileJsonPath(template: string, options: JsonPathOptions = {}): (data: unknown) => string {
  const find = compileJsonPathResults(template, options);
  const printAll = options.asJson
    ? (found: unknown[]) => `${marshalJson(found, 4)}\n`
    : (found: unknown[]) => found.map(print).join(' ');
  return (data) => find(data).map(printAll).join('');
}

const relaxed = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/;

/** `metadata.name`, with or without leading dot and braces, as `{.metadata.name}`: custom columns, --sort-by. */
export function relaxJsonPath(expression: string): string {
  if (!expression) return expression;
  const match = relaxed.exec(expression);
  if (!match) throw new Error("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'");
  return `{.${match[1] ?? match[2]}}`;
}

/** What `-o jsonpath` says when it fails: the error, the template and the object. */
export function jsonPathFailure(template: string, error: JsonPathError, data: unknown): string {
  return `error executing jsonpath ${quote(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n`
    + `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(data)}\n\n\n`;
}
