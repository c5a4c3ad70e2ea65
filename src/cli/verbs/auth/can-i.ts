import type { SelfSubjectAccessReview, SelfSubjectRulesReview } from '../../../api/generated/authorization.v1';
import { grantRows } from '../../../api/rbac';
import type { ApiResource } from '../../../client/discovery';
import { isConnectionError } from '../../../client/http/connection-error';
import { ExitError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { tableWriter } from '../../print/table';
import type { Session } from '../../session';
import type { canIFlags } from './flags';

type CanIInput = Input<typeof canIFlags & GlobalFlags>;

const resourceVerbs = new Set(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'use', 'bind', 'impersonate', '*', 'approve', 'sign', 'escalate', 'attest']);
const urlVerbs = new Set(['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*']);
/** What rules name, though no server serves it. */
const withoutEndpoint = new Set(['users', 'groups']);

const usage = 'you must specify two arguments: verb resource or verb resource/resourceName.\nSee \'kubectl auth can-i -h\' for help and examples.';

/** After k8s.io/kubectl/pkg/cmd/auth/cani.go: no is exit code 1. */
export async function canI(session: Session, input: CanIInput): Promise<void> {
  const { flags, args } = input;
  if (flags.list && args.length) throw new Error('list option must be specified with no arguments');
  if (!flags.list && args.length !== 2) throw new Error(usage);
  const { name } = await session.namespace();
  const namespace = flags['all-namespaces'] ? '' : name;
  if (flags.list) return listAllowed(session, flags, namespace);
  const { spec, warnings } = await question(session, input, namespace);
  for (const warning of warnings) warn(session, `${warning}\n`);
  if (flags['no-headers']) throw new Error('--no-headers cannot be set without --list specified');
  const { allowed, reason, evaluationError } = await ask(session, spec);
  const details = [reason, evaluationError].filter(Boolean).map((text) => ` - ${text}`);
  if (!flags.quiet) session.streams.out.write(allowed ? 'yes\n' : `no${details.join('')}\n`);
  if (!allowed) throw new ExitError(1);
}

const warn = ({ streams }: Session, text: string) => void streams.err.write(`Warning: ${text}\n`);

type Spec = SelfSubjectAccessReview['spec'];

async function question(session: Session, { flags, args: [verb, object] }: CanIInput, namespace: string): Promise<{ spec: Spec; warnings: string[] }> {
  if (object!.startsWith('/')) {
    if (flags.subresource) throw new Error('--subresource can not be used with NonResourceURL');
    return { spec: { nonResourceAttributes: { verb: verb!, path: object! } }, warnings: urlVerbs.has(verb!) ? [] : [unknownVerb(verb!)] };
  }
  const slash = object!.indexOf('/');
  const [type, name] = slash < 0 ? [object!, ''] : [object!.slice(0, slash), object!.slice(slash + 1)];
  const found = type === '*' ? undefined : await resourceNamed(session, type.toLowerCase());
  const { group, plural } = found ?? { group: '', plural: type };
  const spec = { resourceAttributes: { namespace, verb: verb!, group, resource: plural, subresource: flags.subresource, name } };
  return { spec, warnings: [...missing(type, found), ...(flags['all-namespaces'] ? [] : [...unscoped(found), ...(resourceVerbs.has(verb!) ? [] : [unknownVerb(verb!)])])] };
}

/** Undefined, too, where the server cannot be asked: the question itself meets that. */
async function resourceNamed(session: Session, name: string): Promise<ApiResource | undefined> {
  try {
    return await (await session.discovery()).resource(name);
  } catch (error) {
    if (isConnectionError(error) && error.refused) return undefined;
    throw error;
  }
}

const unknownVerb = (verb: string) => `verb '${verb}' is not a known verb`;
const inGroup = (group: string) => (group ? ` in group '${group}'` : '');

function missing(type: string, found: ApiResource | undefined): string[] {
  const wanted = type.toLowerCase();
  if (found || type === '*' || withoutEndpoint.has(wanted)) return [];
  const dot = wanted.indexOf('.');
  return [`the server doesn't have a resource type '${dot < 0 ? wanted : wanted.slice(0, dot)}'${dot < 0 ? '' : inGroup(wanted.slice(dot + 1))}`];
}

const unscoped = (found: ApiResource | undefined): string[] =>
  found && !found.namespaced ? [`resource '${found.plural}' is not namespace scoped${inGroup(found.group)}`] : [];

async function ask(session: Session, spec: Spec): Promise<NonNullable<SelfSubjectAccessReview['status']>> {
  const review = await create<SelfSubjectAccessReview>(session, 'SelfSubjectAccessReview', { spec });
  return review.status ?? { allowed: false };
}

async function listAllowed(session: Session, flags: CanIInput['flags'], namespace: string): Promise<void> {
  if (flags.quiet || flags['all-namespaces'] || flags.subresource) throw new Error('list option can\'t be specified with neither quiet, all-namespaces nor subresource options');
  const { status } = await create<SelfSubjectRulesReview>(session, 'SelfSubjectRulesReview', { spec: { namespace } });
  if (status?.incomplete) warn(session, `the list may be incomplete: ${status.evaluationError ?? ''}`);
  const rows = grantRows([...(status?.resourceRules ?? []), ...(status?.nonResourceRules ?? [])]);
  const heading = flags['no-headers'] ? [] : [['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']];
  session.streams.out.write(tableWriter()([...heading, ...rows].map((cells) => `${cells.join('\t')}\n`).join('')));
}

async function create<T>(session: Session, kind: string, object: object): Promise<T> {
  const client = await session.client();
  return client.request<T>({
    method: 'POST', path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`, body: { apiVersion: 'authorization.k8s.io/v1', kind, metadata: {}, ...object },
  });
}
