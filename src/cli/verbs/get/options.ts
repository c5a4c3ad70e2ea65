import type { ResourceRequest } from '../../builder';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { TableOptions } from '../../print/table';
import { programName } from '../../program';
import type { Session } from '../../session';
import type { GetFlags } from './flags';
import { tableAccept } from './table-accept';

export interface GetOptions {
  readonly input: Input<GetFlags & GlobalFlags>;
  readonly namespace: { name: string; explicit: boolean };
  /** A table: no -o, or wide. */
  readonly humanReadable: boolean;
  readonly request: ResourceRequest;
  readonly table: TableOptions;
  readonly sortBy: string;
}

/** Throws where flags contradict each other, and prints the hint of a bare `get`. After kubectl's Complete and Validate. */
export async function completeGet(session: Session, input: Input<GetFlags & GlobalFlags>): Promise<GetOptions> {
  const { flags, args } = input;
  const watching = flags.watch || flags['watch-only'];
  warnSortWithWatch(session, flags);
  if (!flags.raw && !watching && !args.length && !flags.filename.length && !flags.kustomize) throw missingType(session);
  const own = await session.namespace();
  const namespace = { name: own.name, explicit: own.explicit && !flags['all-namespaces'] };
  const humanReadable = (!flags.output && !flags.template) || flags.output === 'wide';
  const options: GetOptions = {
    input, namespace, humanReadable, sortBy: flags['sort-by'],
    table: {
      noHeaders: flags['no-headers'], wide: flags.output === 'wide', columnLabels: flags['label-columns'], showLabels: flags['show-labels'],
    },
    request: {
      args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive,
      selector: flags.selector, fieldSelector: flags['field-selector'], allNamespaces: flags['all-namespaces'],
      namespace, emptySelectorMeansAll: true, latest: true,
      ...(flags.subresource && { subresource: flags.subresource }),
      chunkSize: flags['sort-by'] ? 0 : flags['chunk-size'],
      ...(humanReadable && flags['server-print'] && { accept: tableAccept }),
      ...(humanReadable && flags['server-print'] && flags['sort-by'] && { query: { includeObject: 'Object' } }),
    },
  };
  validate(options);
  return options;
}

function warnSortWithWatch({ streams }: Session, flags: GetOptions['input']['flags']): void {
  if (!flags['sort-by']) return;
  if (flags.watch) streams.err.write('warning: --watch requested, --sort-by will be ignored for watch events received\n');
  else if (flags['watch-only']) streams.err.write('warning: --watch-only requested, --sort-by will be ignored\n');
}

function missingType({ streams }: Session): Error {
  streams.err.write(`You must specify the type of resource to get. Use "${programName} api-resources" for a complete list of supported resources.\n\n`);
  return new Error(usageError(`${programName} get`,
    `Required resource not specified.\nUse "${programName} explain <resource>" for a detailed description of that resource (e.g. ${programName} explain pods).`).message);
}

function validate({ input: { flags, args } }: GetOptions): void {
  const problem = [
    [flags.raw && args.length, 'arguments may not be passed when --raw is specified'],
    [flags.raw && (flags.watch || flags['watch-only'] || flags.selector), '--raw may not be specified with other flags that filter the server request or alter the output'],
    [flags.raw && flags.output, '--raw and --output are mutually exclusive'],
    [flags.raw && !flags.raw.startsWith('/'), `--raw must be a valid URL path: parse ${JSON.stringify(flags.raw)}: invalid URI for request`],
    [flags['show-labels'] && flags.output && flags.output !== 'wide', `--show-labels option cannot be used with ${flags.output} printer`],
    [flags['output-watch-events'] && !flags.watch && !flags['watch-only'], '--output-watch-events option can only be used with --watch or --watch-only'],
  ].find(([wrong]) => wrong);
  if (problem) throw new Error(problem[1] as string);
}
