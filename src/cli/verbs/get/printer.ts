import { objectPrinter, type ObjectPrinter } from '../../print/printer';
import type { Session } from '../../session';
import type { GetOptions } from './options';

const extraFormats = ['custom-columns', 'custom-columns-file', 'wide'];

/** The printer of objects for -o: what every command has, and custom columns. */
export async function objectPrinterFor(session: Session, { input: { flags } }: GetOptions): Promise<ObjectPrinter> {
  const options = { flags, out: session.streams.out, cwd: session.cwd, extraFormats };
  if (flags.output.startsWith('custom-columns')) {
    const { customColumnsPrinter } = await import('../../print/custom-columns');
    const printer = customColumnsPrinter({ ...options, noHeaders: flags['no-headers'] });
    if (printer) return printer;
  }
  return objectPrinter(options);
}
