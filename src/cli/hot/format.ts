import type { Unstructured } from '../../api/meta';
import { toYaml } from '../../api/yaml/emit';
import { goJson } from '../print/go-json';
import { listOf, nameOf, typedItem, withoutManagedFields } from '../print/objects';
import { paintingWriter } from '../print/paint-table';
import { createTablePrinter, type Table } from '../print/table';
import type { HotRead } from './plan';
import type { HotAnswer } from './read';

/** What goes to stdout, with colours for the states in a table or without; undefined when the server did not make a table though it was asked to. */
export function format(read: HotRead, answer: HotAnswer, paints = false): { out: string; err: string } | undefined {
  return read.flags.output === '' || read.flags.output === 'wide' ? formatTable(read, answer, paints) : formatObjects(read, answer);
}

function formatTable({ flags }: HotRead, { resource, namespace, documents }: HotAnswer, paints: boolean): { out: string; err: string } | undefined {
  const tables = documents as Table[];
  if (!tables.every(({ kind }) => kind === 'Table')) return undefined;
  const kind = resource.kind.toLowerCase();
  const print = createTablePrinter({
    noHeaders: flags['no-headers'], wide: flags.output === 'wide', columnLabels: flags['label-columns'], showLabels: flags['show-labels'],
    withNamespace: flags['all-namespaces'] && resource.namespaced,
    ...(flags['show-kind'] && { kindPrefix: resource.group ? `${kind}.${resource.group}` : kind }),
  });
  const out = paintingWriter(paints)(tables.map((table) => print(table)).join(''));
  if (out) return { out, err: '' };
  return { out, err: namespace ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n' };
}

function formatObjects({ flags, name }: HotRead, { resource, documents }: HotAnswer): { out: string; err: string } {
  const lists = documents as (Unstructured & { items: Unstructured[] })[];
  const items = name ? lists : lists.flatMap((list) => list.items.map((item) => typedItem(list, resource.kind, item)));
  if (flags.output === 'name') return { out: items.map((item) => `${nameOf(item)}\n`).join(''), err: '' };
  const whole = name ? items[0]! : listOf(items);
  const shown = flags['show-managed-fields'] ? whole : withoutManagedFields(whole);
  return { out: flags.output === 'json' ? `${goJson(shown, '    ')}\n` : toYaml(shown), err: '' };
}
