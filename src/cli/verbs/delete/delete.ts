import type { DeleteOptions, Status, Unstructured } from '../../../api/meta';
import { isReason } from '../../../api/errors';
import { readAll, resourcePath } from '../../../client/http';
import { collect, visit, type Info, type ResourceRequest } from '../../builder';
import { dryRunStrategy, dryRunSuffix, type DryRun } from '../../dry-run';
import { throwAll, withSource } from '../../errors';
import type { Session } from '../../session';
import { confirmed } from './confirm';
import { typeOf } from './names';
import { gracePeriod, propagationPolicy, validate, validateRaw, type DeleteInput } from './options';
import { waitUntilGone, type Gone } from './wait';

interface Plan {
  grace: number;
  policy: NonNullable<DeleteOptions['propagationPolicy']>;
  dryRun: DryRun;
  ignoreNotFound: boolean;
}

/** After k8s.io/kubectl/pkg/cmd/delete. */
export async function deleteVerb(session: Session, input: DeleteInput): Promise<void> {
  const { flags } = input;
  const plan = makePlan(session, input);
  if (flags.raw) return deleteRaw(session, input);
  const request = await requestOf(session, input);
  const found = await visit(session, request);
  const warning = validate(input, plan.grace);
  if (warning) session.streams.err.write(`Warning: ${warning}\n`);

  const { infos, errors } = await collect(found);
  const failures = plan.ignoreNotFound ? errors.filter((error) => !isReason(error, 'NotFound')) : errors;
  if (flags.interactive && infos.length && !(await confirmed(session, infos))) return void session.streams.out.write('deletion is cancelled\n');
  const gone = await deleteAll(session, input, plan, infos, failures);
  throwAll(failures);
  if (!infos.length) return void session.streams.out.write('No resources found\n');
  if (flags.wait && plan.dryRun === 'none') await waitUntilGone(session, gone, flags.timeout);
}

function makePlan(session: Session, { flags, changed }: DeleteInput): Plan {
  const policy = propagationPolicy(flags.cascade);
  const selects = flags.all || flags.selector !== '' || flags['field-selector'] !== '';
  return {
    grace: gracePeriod(flags),
    policy,
    dryRun: dryRunStrategy(flags['dry-run'], session.streams.err),
    ignoreNotFound: changed.has('ignore-not-found') ? flags['ignore-not-found'] : selects,
  };
}

async function requestOf(session: Session, { flags, args }: DeleteInput): Promise<ResourceRequest> {
  return {
    args, namespace: await session.namespace(), allNamespaces: flags['all-namespaces'],
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive,
    selector: flags.selector, fieldSelector: flags['field-selector'], all: flags.all, fetch: false,
  };
}

async function deleteAll(session: Session, input: DeleteInput, plan: Plan, infos: readonly Info[], failures: unknown[]): Promise<Gone[]> {
  const gone: Gone[] = [];
  const { explicit } = await session.namespace();
  let warnAboutScope = explicit && !input.flags['all-namespaces'];
  for (const info of infos) {
    if (warnAboutScope && !info.resource.namespaced) {
      session.streams.err.write('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
      warnAboutScope = false;
    }
    try {
      const uid = plan.dryRun === 'client' ? undefined : await deleteOne(session, plan, info);
      tell(session, input, plan, info);
      gone.push({ info, uid });
    } catch (error) {
      if (!(plan.ignoreNotFound && isReason(error, 'NotFound'))) failures.push(withSource('deleting', info.source, error));
    }
  }
  return gone;
}

/** Resolves to the uid of what is deleted, where the server tells it. */
async function deleteOne(session: Session, { grace, policy, dryRun }: Plan, { resource, namespace, name }: Info): Promise<string | undefined> {
  const client = await session.client();
  const body: DeleteOptions = {
    kind: 'DeleteOptions', apiVersion: 'v1',
    ...(grace >= 0 && { gracePeriodSeconds: grace }), propagationPolicy: policy, ...(dryRun === 'server' && { dryRun: ['All'] }),
  };
  const answer = await client.request<Status | Unstructured>({ method: 'DELETE', path: resourcePath(resource, namespace, name), body });
  return answer.kind === 'Status' ? (answer as Status).details?.uid : (answer as Unstructured).metadata.uid;
}

function tell({ streams }: Session, { flags }: DeleteInput, { grace, dryRun }: Plan, info: Info): void {
  if (flags.output === 'name') return void streams.out.write(`${typeOf(info)}/${info.name}\n`);
  streams.out.write(`${typeOf(info)} ${JSON.stringify(info.name)} ${grace === 0 ? 'force deleted' : 'deleted'}${dryRunSuffix[dryRun]}\n`);
}

async function deleteRaw(session: Session, input: DeleteInput): Promise<void> {
  validateRaw(input);
  const client = await session.client();
  const { body } = await client.raw({ method: 'DELETE', path: input.flags.raw });
  session.streams.out.write(await readAll(body));
}
