import type { KubeList, Unstructured } from '../../api/meta';
import type { Output } from '../session';
import { goJson } from './go-json';
import { isEvent, nameOf, withoutManagedFields, type Printable, type WatchedObject } from './objects';
import type { ObjectPrinter, PrinterOptions } from './types';

export { nameOf, type Printable, type WatchedObject };

export type { ObjectPrinter, OutputFlags, PrinterOptions } from './types';

const plainFormats = ['json', 'yaml', 'name'];
const templateFormats = ['go-template', 'go-template-file', 'template', 'templatefile', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file'];

/** The printer that -o and --template ask for. Rejects in kubectl's words when there is none. */
export async function objectPrinter(options: PrinterOptions): Promise<ObjectPrinter> {
  const { flags } = options;
  const format = flags.output || (flags.template ? 'go-template' : '');
  const print = await (makers[format]?.(options) ?? templatePrinterFor(options, format));
  if (!print) throw noPrinter(format, options.extraFormats);
  // Names have no fields, templates are handed all of them.
  return flags['show-managed-fields'] || !(format === 'json' || format === 'yaml') ? print : (object) => print(withoutManagedFields(object));
}

export function noPrinter(format: string, extraFormats: readonly string[] = [], formats: readonly string[] = [...plainFormats, ...templateFormats]): Error {
  const allowed = [...formats, ...extraFormats].sort();
  return new Error(`unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${allowed.join(',')}`);
}

const makers: Readonly<Record<string, (options: PrinterOptions) => Promise<ObjectPrinter>>> = {
  json: async ({ out, keepOrder = false }) => (object) => out.write(isEvent(object) ? `${eventJson(object)}\n` : `${goJson(object, '    ', { keepOrder })}\n`),
  yaml: ({ out }) => yamlPrinter(out),
  name: async ({ out }) => namePrinter(out),
};

async function templatePrinterFor(options: PrinterOptions, format: string): Promise<ObjectPrinter | undefined> {
  const { templatePrinter } = await import('./templates');
  return templatePrinter(format, options);
}

async function yamlPrinter(out: Output): Promise<ObjectPrinter> {
  const { toYaml } = await import('../../api/yaml/emit');
  let count = 0;
  return (object) => out.write(`${count++ ? '---\n' : ''}${toYaml(object)}`);
}

/** `pod/web`, `deployment.apps/web`; of a list one line per item. */
function namePrinter(out: Output): ObjectPrinter {
  const print: ObjectPrinter = (object) => {
    if (isEvent(object)) return print(object.object);
    const { items } = object as Unstructured & Partial<KubeList<Unstructured>>;
    if (Array.isArray(items)) return items.forEach(print);
    out.write(`${nameOf(object)}\n`);
  };
  return print;
}

/** Go structs keep the order of their fields. */
const eventJson = ({ type, object }: WatchedObject) => `{"type":${goJson(type)},"object":${goJson(object)}}`;
