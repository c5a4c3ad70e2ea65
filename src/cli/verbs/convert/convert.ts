import type { Unstructured } from '../../../api/meta';
import { collect, visit } from '../../builder';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { manifestCheck } from '../../manifest-check';
import { objectPrinter } from '../../print/printer';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import { fieldValidation } from '../../validation-directive';
import type { convertFlags } from './flags';

type ConvertInput = Input<typeof convertFlags & GlobalFlags>;

/** After k8s.io/kubernetes/pkg/kubectl/cmd/convert, the plugin kubectl-convert. */
export async function convert(session: Session, { flags }: ConvertInput): Promise<void> {
  if (!flags.filename.length && !flags.kustomize) throw new Error('must specify one of -f and -k');
  const version = flags['output-version'];
  if (version.split('/').length > 2) throw new Error(`unexpected GroupVersion string: ${version}`);
  const print = await objectPrinter({ flags, out: session.streams.out, cwd: session.cwd, keepOrder: true });
  const visited = await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(), ...(flags.local ? { local: true } : { validate: manifestCheck(fieldValidation(flags.validate)) }),
  });
  const { infos, errors } = await collect(visited);
  throwAll(errors);
  if (!infos.length) throw new Error('no objects passed to convert');
  const objects = await convertAll(session, infos.map(({ object }) => object), version);
  print(visited.singleItemImplied && objects.length === 1 ? objects[0]! : listOf(objects));
}

/** What a version does not have is named and left out. */
async function convertAll({ streams }: Session, objects: readonly Unstructured[], version: string): Promise<Unstructured[]> {
  const { convertObject, typeName } = await import('../../../kinds/convert');
  const converted: Unstructured[] = [];
  for (const object of objects) {
    const changed = convertObject(object, version || undefined);
    if (changed) converted.push(await asTyped(changed));
    else streams.err.write(`${typeName(object)} is not suitable for converting to ${JSON.stringify(version)} in scheme "pkg/api/legacyscheme/scheme.go:30"\n`);
  }
  return converted;
}

const listOf = (items: Unstructured[]): Unstructured => ({ kind: 'List', apiVersion: 'v1', metadata: {}, items }) as unknown as Unstructured;
