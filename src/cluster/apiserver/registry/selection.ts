import { badRequest } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { parseFieldSelector, parseLabelSelector } from '../../../api/selectors';
import { quote } from '../../../api/go/quote';
import type { Kind } from '../../../kinds/kind';
import type { Entry } from '../../store';
import { served } from './served';

export interface Selectors {
  labelSelector?: string;
  fieldSelector?: string;
}

export type Matches = (object: Unstructured) => boolean;

/** The objects that a list or watch is about; undefined when it is about all. Throws BadRequest. */
export function selection(kind: Kind, { labelSelector, fieldSelector }: Selectors): Matches | undefined {
  const tests: Matches[] = [];
  if (labelSelector) {
    const labels = parseLabelSelector(labelSelector);
    tests.push((object) => labels(object.metadata.labels));
  }
  if (fieldSelector) tests.push(...parseFieldSelector(fieldSelector).map((term) => fieldTest(kind, term)));
  if (!tests.length) return undefined;
  return (object) => tests.every((test) => test(object));
}

function fieldTest(kind: Kind, { field, op, value }: { field: string; op: '=' | '!='; value: string }): Matches {
  const read = fieldReader(kind, field);
  return (object) => (read(object) === value) === (op === '=');
}

function fieldReader(kind: Kind, field: string): (object: Unstructured) => string {
  if (field === 'metadata.name') return ({ metadata }) => metadata.name;
  if (field === 'metadata.namespace' && kind.namespaced) return ({ metadata }) => metadata.namespace ?? '';
  const read = kind.selectableFields?.[field];
  // Wording: the field label conversion functions of pkg/apis.
  if (!read) throw badRequest(kind.selectableFields ? `field label not supported: ${field}` : unknownField(field));
  return read;
}

const unknownField = (field: string) => `${quote(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;

/** Looks at the key first where the field selector pins the name, so that objects are not parsed for nothing. */
export function entryTest(kind: Kind, matches: Matches, { fieldSelector }: Selectors): (entry: Entry) => boolean {
  const name = fieldSelector ? /(?:^|,)metadata\.name==?([^,=!]+)(?:,|$)/.exec(fieldSelector)?.[1] : undefined;
  const ending = name && `/${name}`;
  return (entry) => (!ending || entry.key.endsWith(ending)) && matches(served(kind, entry).object);
}
