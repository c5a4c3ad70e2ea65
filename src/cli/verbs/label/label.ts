import { dryRunStrategy, type DryRun } from '../../dry-run';
import { changeMetadata, type MetadataChange, type MetadataInput } from '../../metadata/change';
import { resourcesAndPairs, type Changes } from '../../metadata/pairs';
import { goJson } from '../../print/go-json';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import { changeWord, checkOverwrites, parseLabels } from './labels';

/** After k8s.io/kubectl/pkg/cmd/label. */
export async function label(session: Session, input: MetadataInput): Promise<void> {
  const { flags, args } = input;
  const { out, err } = session.streams;
  const dryRun = dryRunStrategy(flags['dry-run'], err);
  const { resources, pairs } = resourcesAndPairs(args, 'label');
  const changes = parseLabels(pairs);
  if (flags.list && flags.output) throw new Error('--list and --output may not be specified together');
  validate(flags, { resources, changes, dryRun });
  await changeMetadata(session, input, {
    field: 'labels', changes, resources, dryRun,
    checkOverwrites: (current) => checkOverwrites(changes, current),
    beforeWrite: (current) => {
      for (const key of changes.remove) if (!Object.hasOwn(current, key)) out.write(`label ${JSON.stringify(key)} not found.\n`);
    },
    print: (change) => print(session, flags, change, dryRun),
  });
}

async function print({ streams, cwd }: Session, flags: MetadataInput['flags'], { before, after }: MetadataChange, dryRun: DryRun): Promise<void> {
  const operation = changeWord(goJson(before), goJson(after), flags.overwrite);
  (await successPrinter({ flags, out: streams.out, cwd, operation, dryRun }))(after);
}

function validate(flags: MetadataInput['flags'], { resources, changes, dryRun }: { resources: readonly string[]; changes: Changes; dryRun: DryRun }): void {
  const hasFiles = flags.filename.length > 0 || flags.kustomize !== '';
  if (flags.all && flags.selector) throw new Error('cannot set --all and --selector at the same time');
  if (flags.all && flags['field-selector']) throw new Error('cannot set --all and --field-selector at the same time');
  if (flags.local) {
    if (dryRun === 'server') throw new Error('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (resources.length) throw new Error('can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set');
    if (!hasFiles) throw new Error('one or more files must be specified as -f pod.yaml or --filename=pod.json');
  } else if (!resources.length && !hasFiles) {
    throw new Error('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (!Object.keys(changes.set).length && !changes.remove.length && !flags.list) throw new Error('at least one label update is required');
}
