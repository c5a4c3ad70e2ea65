import { timestamp } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';
import { forEachInfo, visit, type Info } from '../../builder';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import type { certificateFlags } from './flags';
import { judged, verdicts, type Verdict } from './verdict';

const requests = { group: 'certificates.k8s.io', version: 'v1', plural: 'certificatesigningrequests', namespaced: false };
const conflictsMax = 10;

/** After k8s.io/kubectl/pkg/cmd/certificates. */
const verbOf = (verdict: Verdict) => async (session: Session, { flags, args }: Input<typeof certificateFlags & GlobalFlags>): Promise<void> => {
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: verdict.operation, dryRun: 'none' });
  if (!args.length && !flags.filename.length && !flags.kustomize) throw new Error('one or more CSRs must be specified as <name> or -f <filename>');
  const names = args.map((name) => (name.includes('/') ? name : `${requests.plural}/${name}`));
  const visited = await visit(session, {
    ...(names.length && { args: names }), filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive,
    namespace: { name: '', explicit: false }, latest: true,
  });
  let found = 0;
  const errors = await forEachInfo(visited, async (info) => {
    await judge(session, info, verdict, flags.force);
    found++;
    print(info.object);
  });
  throwAll(errors);
  if (!found) session.streams.out.write('No resources found\n');
};

async function judge(session: Session, { resource, name }: Info, verdict: Verdict, force: boolean): Promise<void> {
  if (resource.group !== requests.group || resource.plural !== requests.plural) {
    throw new Error(`can only handle CertificateSigningRequest.${requests.group} objects, got ${resource.kind}${resource.group && `.${resource.group}`}`);
  }
  const client = await session.client();
  for (let attempt = 0; ; attempt++) {
    const { request, isNew } = judged(await read(session, name), verdict, timestamp(session.clock.now()));
    if (!isNew && !force) return;
    try {
      await client.update(requests, request, { subresource: 'approval' });
      return;
    } catch (error) {
      if (!isReason(error, 'Conflict') || attempt === conflictsMax) throw error;
    }
  }
}

async function read(session: Session, name: string): Promise<CertificateSigningRequest> {
  try {
    return await (await session.client()).get<CertificateSigningRequest>(requests, name);
  } catch (error) {
    throw isReason(error, 'NotFound') ? new Error(`could not find v1 version of ${name}: ${(error as Error).message}`) : error;
  }
}

export const approveCertificate = verbOf(verdicts.approve);
export const denyCertificate = verbOf(verdicts.deny);
