import { YamlError } from '../scalar';
import type { Mark } from './token';

/** Lines are told from 1 by the scanner, from 0 by the parser, and the first not at all: as go-yaml v2 does. */
function at(message: string, problem: Mark, context: Mark | undefined, offset: 0 | 1): YamlError {
  const line = problem.line || context?.line;
  return new YamlError(`yaml: ${line ? `line ${line + offset}: ` : ''}${message}`);
}

export const scannerError = (message: string, problem: Mark, context?: Mark) => at(message, problem, context, 1);
export const parserError = (message: string, problem: Mark, context?: Mark) => at(message, problem, context, 0);
