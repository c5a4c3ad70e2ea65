import type { KubeList, Unstructured } from '../../../api/meta';
import { listQuery } from '../../../client/http/rest';
import { resourcePath } from '../../../client/http/paths';
import { watchEvents } from '../../../client/http/watch';
import { collect, visit, type Info } from '../../builder';
import { mayPaint, paintingWriter } from '../../print/paint-table';
import { createTablePrinter, type Table } from '../../print/table';
import type { Session } from '../../session';
import { failingOnInterrupt } from '../../session/interrupt';
import { tableOptionsFor } from './human';
import type { GetOptions } from './options';
import { objectPrinterFor } from './printer';
import { toTable } from './to-table';

/** Prints one object or one list, or (`shown` false) only gets ready for what follows. */
type WatchPrinter = (object: Unstructured, event: string, shown: boolean) => void;

/** Shows one object or the objects of one type, then their changes until the process is interrupted. */
export async function getWatch(session: Session, options: GetOptions): Promise<void> {
  const { flags } = options.input;
  const { infos, errors } = await collect(await visit(session, { ...options.request, keepLists: true, singleType: true }));
  if (errors.length) throw errors[0];
  if (new Set(infos.map(({ resource }) => resource)).size > 1 || infos.filter(({ name }) => name).length > 1) {
    throw new Error('watch is only supported on individual resources and resource collections - more than 1 resource was found');
  }
  const info = infos.at(-1)!;
  const print = options.humanReadable ? tablePrinter(session, options, info) : await plainPrinter(session, options);
  for (const { object } of infos) for (const each of options.humanReadable ? [object] : parts(object)) print(each, 'ADDED', !flags['watch-only']);

  // A single object's watch begins with the object itself, which has been shown.
  let shown = info.name === '';
  await failingOnInterrupt(async () => {
    for await (const { type, object } of await events(session, options, info)) {
      print(object as Unstructured, type, shown);
      shown = true;
    }
  });
}

const parts = (object: Unstructured): Unstructured[] => {
  const { items } = object as Unstructured & Partial<KubeList<Unstructured>>;
  if (!Array.isArray(items)) return [object];
  const kind = (object.kind ?? '').replace(/List$/, '');
  return items.map((item) => ({ apiVersion: object.apiVersion, kind, ...item }) as Unstructured);
};

function tablePrinter(session: Session, options: GetOptions, info: Info): WatchPrinter {
  const withEvents = options.input.flags['output-watch-events'];
  const print = createTablePrinter({ ...tableOptionsFor(info, options, options.input.flags['show-kind']), withNamespace: options.input.flags['all-namespaces'] });
  const layOut = paintingWriter(mayPaint(session.streams.out, session.env));
  return (object, event, shown) => {
    const table: Table = toTable(object, session.clock);
    const text = print(shown ? table : { ...table, rows: [] }, withEvents ? event : undefined);
    if (text) session.streams.out.write(layOut(text));
  };
}

async function plainPrinter(session: Session, options: GetOptions): Promise<WatchPrinter> {
  const print = await objectPrinterFor(session, options);
  const withEvents = options.input.flags['output-watch-events'];
  return (object, type, shown) => {
    if (shown) print(withEvents ? { type, object } : object);
  };
}

async function events(session: Session, options: GetOptions, info: Info) {
  const client = await session.client();
  const single = info.name !== '';
  const response = await client.raw({
    path: resourcePath(info.resource, info.namespace || undefined),
    query: {
      ...options.request.query,
      ...listQuery({
        ...(options.request.selector && { labelSelector: options.request.selector }),
        fieldSelector: single ? `metadata.name=${info.name}` : (options.request.fieldSelector ?? ''),
        // From 0 the watch of a single object begins with its present state.
        resourceVersion: single ? '0' : (info.object.metadata?.resourceVersion ?? '0'),
      }),
      watch: true,
    },
    ...(options.request.accept && { accept: options.request.accept }),
    signal: session.signal, stream: true,
  });
  return watchEvents<Unstructured>(response.body, session.signal);
}
