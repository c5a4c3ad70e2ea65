import { dryRunStrategy, type DryRun } from '../../dry-run';
import { changeMetadata, type MetadataInput } from '../../metadata/change';
import { resourcesAndPairs, type Changes } from '../../metadata/pairs';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import { checkContradictions, checkOverwrites, parseAnnotations } from './annotations';

/** After k8s.io/kubectl/pkg/cmd/annotate. */
export async function annotate(session: Session, input: MetadataInput): Promise<void> {
  const { flags, args } = input;
  const { out, err } = session.streams;
  const dryRun = dryRunStrategy(flags['dry-run'], err);
  const print = await successPrinter({ flags, out, cwd: session.cwd, operation: 'annotated', dryRun });
  const { resources, pairs } = resourcesAndPairs(args, 'annotation');
  const changes = parseAnnotations(pairs);
  validate(flags, { resources, changes, dryRun });
  await changeMetadata(session, input, {
    field: 'annotations', changes, resources, dryRun,
    checkOverwrites: (current) => checkOverwrites(changes, current),
    print: ({ result }) => print(result),
  });
}

function validate(flags: MetadataInput['flags'], { resources, changes, dryRun }: { resources: readonly string[]; changes: Changes; dryRun: DryRun }): void {
  const hasFiles = flags.filename.length > 0 || flags.kustomize !== '';
  if (flags.all && flags.selector) throw new Error('cannot set --all and --selector at the same time');
  if (flags.all && flags['field-selector']) throw new Error('cannot set --all and --field-selector at the same time');
  if (!flags.local) {
    if (!resources.length && !hasFiles) throw new Error('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  } else {
    if (dryRun === 'server') throw new Error('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (resources.length) throw new Error('can only use local files by -f rsrc.yaml or --filename=rsrc.json when --local=true is set');
    if (!hasFiles) throw new Error('one or more files must be specified as -f rsrc.yaml or --filename=rsrc.json');
  }
  if (!Object.keys(changes.set).length && !changes.remove.length && !flags.list) throw new Error('at least one annotation update is required');
  checkContradictions(changes);
}
