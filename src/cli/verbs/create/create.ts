import type { Unstructured } from '../../../api/meta';
import { forEachInfo, visit, type Info } from '../../builder';
import { withChangeCause } from '../../change-cause';
import { dryRunStrategy } from '../../dry-run';
import { throwAll, usageError, withSource } from '../../errors';
import { withSavedConfig } from '../../last-applied';
import { manifestCheck } from '../../manifest-check';
import { successPrinter } from '../../print/success';
import { checkRaw, sendRaw } from '../../raw-request';
import type { Session } from '../../session';
import { fieldValidation } from '../../validation-directive';
import type { CreateInput } from './flags';

/** `create -f`. After k8s.io/kubectl/pkg/cmd/create. */
export async function create(session: Session, input: CreateInput): Promise<void> {
  const { flags, args } = input;
  if (args.length) throw usageError('kubectl create', `Unexpected args: [${args.join(' ')}]`);
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const validation = fieldValidation(flags.validate);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'created', dryRun });
  validateInput(input);
  if (flags.raw) return sendRaw(session, 'POST', flags.raw, flags.filename[0]!);
  if (flags.edit) return (await import('./edit')).editAndCreate(session, input, validation);

  const send = async ({ resource, namespace }: Info, saved: Unstructured): Promise<Unstructured> => {
    const client = await session.client();
    const inNamespace = namespace ? { ...saved, metadata: { ...saved.metadata, namespace } } : saved;
    return client.create(resource, inNamespace, { dryRun: dryRun === 'server', fieldManager: flags['field-manager'], fieldValidation: validation });
  };
  let count = 0;
  const errors = await forEachInfo(await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, selector: flags.selector, namespace: await session.namespace(),
    validate: manifestCheck(validation),
  }), async (info) => {
    try {
      const saved = withChangeCause(session, withSavedConfig(info.object, flags['save-config']));
      const created = dryRun === 'client' ? saved : await send(info, saved);
      count++;
      print(created);
    } catch (error) {
      throw withSource('creating', info.source, error);
    }
  });
  throwAll(errors);
  if (!count) throw new Error('no objects passed to create');
}

function validateInput({ flags }: CreateInput): void {
  if (!flags.filename.length && !flags.kustomize) throw new Error('must specify one of -f and -k');
  if (!flags.raw) return;
  if (flags.edit) throw new Error('--raw and --edit are mutually exclusive');
  checkRaw(flags, flags.selector ? '--raw and --selector (-l) are mutually exclusive' : undefined);
}
