import { dryRunSuffix, type DryRun } from '../dry-run';
import { nameOf, objectPrinter, type ObjectPrinter, type PrinterOptions, type WatchedObject } from './printer';

export interface SuccessOptions extends PrinterOptions {
  /** What was done: `created`, `configured`, `scaled`. */
  readonly operation: string;
  readonly dryRun: DryRun;
}

/** Without -o one line tells what was done, `deployment.apps/web created (dry run)`; with it the object is printed. */
export async function successPrinter(options: SuccessOptions): Promise<ObjectPrinter> {
  const { flags, out, operation, dryRun } = options;
  if (flags.output || flags.template) return objectPrinter(options);
  return (object) => out.write(`${nameOf((object as WatchedObject).object ?? object)} ${operation}${dryRunSuffix[dryRun]}\n`);
}
