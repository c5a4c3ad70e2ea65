import { isReason } from '../../../api/errors';
import { collect, visit, type ResourceRequest } from '../../builder';
import { dryRunStrategy } from '../../dry-run';
import { sendRaw } from '../../raw-request';
import type { Session } from '../../session';
import { confirmed } from './confirm';
import { gracePeriod, propagationPolicy, validate, validateRaw, type DeleteInput } from './options';
import { removeAll, type RemovalPlan } from './remove';

/** After k8s.io/kubectl/pkg/cmd/delete. */
export async function deleteVerb(session: Session, input: DeleteInput): Promise<void> {
  const { flags } = input;
  const plan = await makePlan(session, input);
  if (flags.raw) return deleteRaw(session, input);
  const request = await requestOf(session, input);
  const found = await visit(session, request);
  const warning = validate(input, plan.grace);
  if (warning) session.streams.err.write(`Warning: ${warning}\n`);

  const { infos, errors } = await collect(found);
  const failures = plan.ignoreNotFound ? errors.filter((error) => !isReason(error, 'NotFound')) : errors;
  if (flags.interactive && infos.length && !(await confirmed(session, infos))) return void session.streams.out.write('deletion is cancelled\n');
  await removeAll(session, plan, infos, failures);
}

async function makePlan(session: Session, { flags, changed }: DeleteInput): Promise<RemovalPlan> {
  const policy = propagationPolicy(flags.cascade);
  const selects = flags.all || flags.selector !== '' || flags['field-selector'] !== '';
  const { explicit } = await session.namespace();
  return {
    grace: gracePeriod(flags), policy, dryRun: dryRunStrategy(flags['dry-run'], session.streams.err), namesOnly: flags.output === 'name',
    ignoreNotFound: changed.has('ignore-not-found') ? flags['ignore-not-found'] : selects,
    warnAboutScope: explicit && !flags['all-namespaces'], wait: flags.wait, timeoutMs: flags.timeout,
  };
}

async function requestOf(session: Session, { flags, args }: DeleteInput): Promise<ResourceRequest> {
  return {
    args, namespace: await session.namespace(), allNamespaces: flags['all-namespaces'],
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive,
    selector: flags.selector, fieldSelector: flags['field-selector'], all: flags.all, fetch: false,
  };
}

async function deleteRaw(session: Session, input: DeleteInput): Promise<void> {
  validateRaw(input);
  await sendRaw(session, 'DELETE', input.flags.raw);
}
