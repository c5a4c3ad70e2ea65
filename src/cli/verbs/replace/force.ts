import { sleep } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { collect, visit, type Info } from '../../builder';
import { throwAll } from '../../errors';
import { withSavedConfig } from '../../last-applied';
import { manifestCheck } from '../../manifest-check';
import type { ObjectPrinter } from '../../print/printer';
import type { Session } from '../../session';
import { removeAll } from '../delete/remove';
import type { ReplaceInput, ReplacePlan } from './options';

const pollMs = 1000;
const patienceMs = 300_000;

/** `--force`: the old objects go, and when all are gone the new ones are created. After forceReplace in replace.go. */
export async function replaceByForce(session: Session, { flags, args }: ReplaceInput, { removal, validation }: ReplacePlan, print: ObjectPrinter): Promise<void> {
  const { infos, errors } = await collect(await visit(session, {
    args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(), fetch: false,
  }));
  await removeAll(session, removal, infos, errors);
  for (const info of infos) await untilGone(session, info, flags.timeout || patienceMs);
  const check = manifestCheck(validation);
  const failures: unknown[] = [];
  for (const { resource, object, source } of infos) {
    try {
      check(object, source);
      const client = await session.client();
      print(await client.create<Unstructured>(resource, withSavedConfig(object, flags['save-config']), { fieldManager: flags['field-manager'], fieldValidation: validation }));
    } catch (error) {
      failures.push(error);
    }
  }
  throwAll(failures);
  if (!infos.length) throw new Error('no objects passed to replace');
}

async function untilGone(session: Session, { resource, name, namespace }: Info, timeoutMs: number): Promise<void> {
  const client = await session.client();
  const deadline = session.clock.now() + timeoutMs;
  for (;;) {
    try {
      await client.get(resource, name, namespace);
    } catch (error) {
      if (isReason(error, 'NotFound')) return;
      throw error;
    }
    if (session.clock.now() >= deadline) throw new Error('context deadline exceeded');
    await sleep(session.clock, pollMs, session.signal);
  }
}
