import { isApiError, type ApiError } from '../api/errors';
import { isConnectionError } from '../client/http/connection-error';
import type { KubeconfigError } from '../client/kubeconfig/errors';

/** An end without words: what there was to say has been said. */
export class ExitError extends Error {
  override readonly name = 'ExitError';
  constructor(readonly exitCode: number, message = '') {
    super(message);
  }
}

/** What went wrong, each on a line of its own and without a prefix. */
export class ErrorList extends Error {
  override readonly name = 'ErrorList';
  constructor(readonly errors: readonly unknown[]) {
    super(inOneSentence(errors.map((error) => (error as Error).message ?? String(error))));
  }
}

/** As utilerrors.Aggregate words itself: each once, several in brackets. */
export function inOneSentence(texts: readonly string[]): string {
  const unique = [...new Set(texts)];
  return unique.length === 1 ? unique[0]! : `[${unique.join(', ')}]`;
}

/** Throws what was collected: nothing, the one error, or all of them. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new ErrorList(errors);
}

/** Wrong arguments for a command: the closing line names its help. After cmdutil.UsageErrorf. */
export function usageError(command: string, message: string): Error {
  return new Error(`${message}\nSee '${command} -h' for help and examples`);
}

/** Wrong arguments for one of the commands that show their help on stdout then. */
export function helpError(message: string): Error {
  return Object.assign(new Error(message), { name: 'HelpError' });
}

export const isHelpError = (error: unknown): boolean => isNamed(error, 'HelpError');

/** The server has nothing of the kind. After meta.NoResourceMatchError. */
export function noResourceMatch(resource: string, group = ''): Error {
  return Object.assign(new Error(`the server doesn't have a resource type ${JSON.stringify(resource)}${group && ` in group ${JSON.stringify(group)}`}`), { name: 'NoResourceMatch' });
}

export interface Outcome {
  /** For stderr, ending in a line break unless empty. */
  text: string;
  exitCode: number;
}

/**
 * What the user sees of an error, and the process's exit code: the only place. Wording after
 * k8s.io/kubectl/pkg/cmd/util/helpers.go.
 */
export function outcomeOf(error: unknown): Outcome {
  if (isNamed(error, 'ExitError')) return { text: endLine((error as ExitError).message), exitCode: (error as ExitError).exitCode };
  if (isNamed(error, 'UsageError') || isNamed(error, 'NoResourceMatch')) return { text: endLine((error as Error).message), exitCode: 1 };
  if (isNamed(error, 'ErrorList')) return { text: (error as ErrorList).errors.map((each) => `${messageOf(each)}\n`).join(''), exitCode: 1 };
  if (isApiError(error) && error.reason === 'Invalid') return { text: endLine(invalidText(error)), exitCode: 1 };
  if (isNamed(error, 'KubeconfigError') && isMissingContext(error as Error)) return { text: `Error in configuration: ${(error as Error).message}\n`, exitCode: 1 };
  if (isNamed(error, 'KubeconfigError') && (error as KubeconfigError).problems.length) return { text: `Error in configuration: \n${(error as KubeconfigError).problems.map((problem) => `* ${problem}\n`).join('')}`, exitCode: 1 };
  return { text: endLine(standardText(error) ?? withPrefix((error as Error).message ?? String(error))), exitCode: 1 };
}

/** The error within a list, where no prefix is added to ordinary ones. */
export function messageOf(error: unknown): string {
  return standardText(error) ?? (error as Error).message ?? String(error);
}

/** Prefixes the message with the file that an object came from. After cmdutil.AddSourceToErr. */
export function withSource(verb: string, source: string, error: unknown): unknown {
  if (!source) return error;
  const message = `error when ${verb} ${JSON.stringify(source)}: ${(error as Error).message}`;
  if (!isApiError(error)) return new Error(message);
  return Object.assign(Object.create(Object.getPrototypeOf(error) as object) as ApiError, error, { message, status: { ...error.status, message } });
}

function standardText(error: unknown): string | undefined {
  if (isApiError(error)) {
    if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
    return error.reason ? `Error from server (${error.reason}): ${error.message}` : `Error from server: ${error.message}`;
  }
  if (isConnectionError(error)) {
    return error.refused
      ? `The connection to the server ${error.host} was refused - did you specify the right host or port?`
      : `Unable to connect to the server: ${error.message}`;
  }
  return undefined;
}

function invalidText({ status }: ApiError): string {
  const { details } = status;
  if (!details) return `The request is invalid${status.message ? `: ${status.message}` : ''}`;
  const causes = [...new Set((details.causes ?? []).map(({ field, message }) => `${field}: ${message}`))];
  const named = details.kind || details.name;
  const subject = named ? `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid` : 'The request is invalid';
  if (!causes.length) return named || !status.message ? subject : `${subject}: ${status.message}`;
  return causes.length === 1 ? `${subject}: ${causes[0]}\n` : `${subject}: \n${causes.map((cause) => `* ${cause}\n`).join('')}`;
}

const isMissingContext = ({ message }: Error) => message.startsWith('context was not found');

const withPrefix = (message: string) => (message.startsWith('error: ') ? message : `error: ${message}`);
const endLine = (text: string) => (!text || text.endsWith('\n') ? text : `${text}\n`);
/** By name: errors cross realms under jest, and modules may be bundled twice. */
const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;
