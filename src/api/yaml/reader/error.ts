import { YamlError } from '../scalar';
import type { Mark } from './token';

/** What is wrong and where; its words are go-yaml v2's. */
export class ReadError extends YamlError {
  constructor(readonly problem: string, readonly at: Mark, readonly context: Mark | undefined, readonly offset: 0 | 1) {
    super(describe(problem, at.line || context?.line, offset));
  }
}

/** Lines are told from 1 by the scanner, from 0 by the parser, and the first not at all. */
const describe = (problem: string, line: number | undefined, offset: 0 | 1) => `yaml: ${line ? `line ${line + offset}: ` : ''}${problem}`;

export const scannerError = (message: string, problem: Mark, context?: Mark) => new ReadError(message, problem, context, 1);
export const parserError = (message: string, problem: Mark, context?: Mark) => new ReadError(message, problem, context, 0);

/** The same error as yaml.v3 tells it: it names the line where the construct began. */
export function asV3(error: unknown): unknown {
  if (!(error instanceof ReadError)) return error;
  return new YamlError(describe(error.problem, error.context?.line || error.at.line, error.offset));
}
