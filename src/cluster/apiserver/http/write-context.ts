import { badRequest, invalid } from '../../../api/errors';
import { managerOfUserAgent } from '../../../api/managed-fields';
import { notSupported, validateFieldManager } from '../../../api/validation';
import type { WriteContext } from '../registry';
import type { Exchange } from './exchange';

const validations = ['Ignore', 'Warn', 'Strict'] as const;

/** The options of a write, from its query. Throws Invalid. `what`: CreateOptions, UpdateOptions or PatchOptions. */
export function writeContext({ request, info: { query }, user, warnings, audit }: Exchange, what: string): WriteContext {
  const fieldValidation = query.get('fieldValidation') || 'Warn';
  const known = validations.find((name) => name === fieldValidation);
  if (!known) throw invalidOptions(what, notSupported('fieldValidation', fieldValidation, ['', ...validations]));
  const fieldManager = query.get('fieldManager') || managerOfUserAgent(String(request.headers['user-agent'] ?? ''));
  const [unfit] = validateFieldManager(fieldManager, 'fieldManager');
  if (unfit) throw invalidOptions(what, unfit);
  return {
    user, dryRun: isDryRun(query.getAll('dryRun'), what), fieldValidation: known, fieldManager, options: givenOptions(query),
    annotate: (key, value) => audit?.annotate(key, value), warn: (text) => void warnings.push(text),
  };
}

/** Those of a body are the verb's to add. */
function givenOptions(query: URLSearchParams): Record<string, unknown> {
  const [fieldManager, fieldValidation] = [query.get('fieldManager'), query.get('fieldValidation')];
  return { ...(fieldManager && { fieldManager }), ...(fieldValidation && { fieldValidation }) };
}

/** The only dry run is of everything. */
export function isDryRun(values: readonly string[], what: string): boolean {
  const wrong = values.find((value) => value && value !== 'All');
  if (wrong) throw invalidOptions(what, notSupported('dryRun', wrong, ['All']));
  return values.includes('All');
}

const invalidOptions = (kind: string, error: Parameters<typeof invalid>[2][number]) => invalid({ group: 'meta.k8s.io', kind }, '', [error]);

/** A whole number of the query; undefined when it is not given. Throws BadRequest. */
export function integerOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  if (BigInt.asIntN(64, BigInt(text)) !== BigInt(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": value out of range`);
  return Number(text);
}

