import type { Unstructured } from '../../../api/meta';
import { readAll } from '../../../client/http';
import { forEachInfo, visit, type Info } from '../../builder';
import { readManifest, stdinName } from '../../builder/files';
import { dryRunStrategy } from '../../dry-run';
import { throwAll, usageError, withSource } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { withSavedConfig } from '../../last-applied';
import { manifestCheck } from '../../manifest-check';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import { fieldValidation } from '../../validation-directive';
import type { CreateFlags } from './flags';

type CreateInput = Input<CreateFlags & GlobalFlags>;

/** `create -f`. After k8s.io/kubectl/pkg/cmd/create. */
export async function create(session: Session, input: CreateInput): Promise<void> {
  const { flags, args } = input;
  if (args.length) throw usageError('kubectl create', `Unexpected args: [${args.join(' ')}]`);
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const validation = fieldValidation(flags.validate);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'created', dryRun });
  validateInput(input);
  if (flags.raw) return createRaw(session, input);

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
      const saved = withSavedConfig(info.object, flags['save-config']);
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
  if (flags.edit && flags.raw) throw new Error('--raw and --edit are mutually exclusive');
  if (flags.edit) throw new Error('--edit is not supported by create; edit the file instead');
  if (!flags.raw) return;
  if (flags.filename.length !== 1) throw new Error('--raw can only use a single local file or stdin');
  if (/^https?:\/\//.test(flags.filename[0]!)) throw new Error('--raw cannot read from a url');
  if (flags.recursive) throw new Error('--raw and --recursive are mutually exclusive');
  if (flags.selector) throw new Error('--raw and --selector (-l) are mutually exclusive');
  if (flags.output) throw new Error('--raw and --output are mutually exclusive');
}

async function createRaw(session: Session, { flags }: CreateInput): Promise<void> {
  const [file] = flags.filename;
  const body = file === '-' || file === stdinName ? await readAll(session.streams.in as AsyncIterable<Uint8Array>) : readManifest(file!, session.cwd);
  const client = await session.client();
  const answer = await client.raw({ method: 'POST', path: flags.raw, body });
  session.streams.out.write(await readAll(answer.body));
}
