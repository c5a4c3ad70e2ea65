import { isReason } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { collect, visit, type Info } from '../../builder';
import { ErrorList } from '../../errors';
import { mayPaint, paintingWriter } from '../../print/paint-table';
import { createTablePrinter, type TableOptions } from '../../print/table';
import type { Session } from '../../session';
import type { GetOptions } from './options';
import { toTable } from './to-table';

/** Everything as tables, one per resource type, with an empty line between them. */
export async function getTables(session: Session, options: GetOptions): Promise<void> {
  const { streams } = session;
  const ignoreMissing = options.input.flags['ignore-not-found'];
  const { infos, errors: found } = await collect(await visit(session, { ...options.request, keepLists: true }));
  const errors = found.filter((error) => !(ignoreMissing && isReason(error, 'NotFound')));
  const sorted = options.sortBy ? await sortTables(infos, options.sortBy, session) : infos;

  const groups = groupByResource(sorted);
  const withKind = options.input.flags['show-kind'] || new Set(infos.map(({ resource }) => resource)).size > 1;
  let written = false;
  for (const group of groups) {
    const text = paintingWriter(mayPaint(session.streams.out, session.env))(groupText(group, tableOptionsFor(group[0]!, options, withKind), session));
    if (!text) continue;
    streams.out.write(written && !options.table.noHeaders ? `\n${text}` : text);
    written = true;
  }
  if (!written && !ignoreMissing && errors.length === 0) streams.err.write(`${nothingFound(infos, options)}\n`);
  if (errors.length) throw new ErrorList(errors);
}

/** Several targets are sorted as such, though a table of rows has no fields to sort by; then the rows of each. */
async function sortTables(infos: readonly Info[], sortBy: string, { clock }: Session): Promise<Info[]> {
  const { sortInfos, sortTable } = await import('./sort');
  return sortInfos(infos, sortBy).map((info) => ({ ...info, object: sortTable(toTable(info.object, clock), sortBy) as unknown as Unstructured }));
}

function groupByResource(infos: readonly Info[]): Info[][] {
  const groups: Info[][] = [];
  for (const info of infos) {
    const last = groups.at(-1);
    if (last && last[0]!.resource === info.resource) last.push(info);
    else groups.push([info]);
  }
  return groups;
}

function groupText(group: readonly Info[], options: TableOptions, session: Session): string {
  const print = createTablePrinter(options);
  return group.map(({ object }) => print(toTable(object, session.clock))).join('');
}

export function tableOptionsFor({ resource }: Info, options: GetOptions, withKind: boolean): TableOptions {
  const kind = resource.kind.toLowerCase();
  return {
    ...options.table,
    withNamespace: options.input.flags['all-namespaces'] && resource.namespaced,
    ...(withKind && { kindPrefix: resource.group ? `${kind}.${resource.group}` : kind }),
  };
}

function nothingFound(infos: readonly Info[], { input, namespace }: GetOptions): string {
  const inNamespace = !input.flags['all-namespaces'] && infos.every(({ resource }) => resource.namespaced);
  return inNamespace ? `No resources found in ${namespace.name} namespace.` : 'No resources found';
}
