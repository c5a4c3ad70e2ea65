import { isReason } from '../../../../api/errors';
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../../../../api/generated/rbac.v1';
import type { Unstructured } from '../../../../api/meta';
import { reconcileBinding, reconcileRole, type Reconciled } from '../../../../api/rbac';
import { decodedObject, forEachInfo, visit, type Info } from '../../../builder';
import type { Resource } from '../../../../client/client';
import { dryRunStrategy } from '../../../dry-run';
import { throwAll } from '../../../errors';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import type { ObjectPrinter } from '../../../print/printer';
import { successPrinter } from '../../../print/success';
import { asTyped } from '../../../print/typed';
import type { Session } from '../../../session';
import type { reconcileFlags } from '../flags';
import { carryOut, stored } from './carry-out';
import { reportOf } from './report';

type ReconcileInput = Input<typeof reconcileFlags & GlobalFlags>;

const plurals: Readonly<Record<string, string>> = {
  Role: 'roles', ClusterRole: 'clusterroles', RoleBinding: 'rolebindings', ClusterRoleBinding: 'clusterrolebindings',
};
const attemptsMax = 3;

/**
 * After k8s.io/kubectl/pkg/cmd/auth/reconcile.go: objects of other kinds are passed over, and those in a namespace have to
 * say in which; --namespace does not.
 */
export async function authReconcile(session: Session, { flags, args }: ReconcileInput): Promise<void> {
  if (!flags.filename.length && !flags.kustomize) throw new Error('must specify one of -f and -k');
  if (args.length) throw new Error('no arguments are allowed');
  const dryRun = isDryRun(session, flags['dry-run']);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'reconciled', dryRun: dryRun ? 'client' : 'none', keepOrder: true });
  throwAll(await forEachInfo(await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(), local: true,
  }), (info) => reconcileOne(session, flags, info, dryRun, print)));
}

function isDryRun({ streams }: Session, value: string): boolean {
  const strategy = attempt(() => dryRunStrategy(value, streams.err), (message) => `error accessing --dry-run flag for command reconcile: ${message}`);
  if (strategy === 'server') throw new Error('--dry-run=server for command reconcile is not supported yet');
  return strategy === 'client';
}

function attempt<T>(act: () => T, worded: (message: string) => string): T {
  try {
    return act();
  } catch (error) {
    throw new Error(worded((error as Error).message));
  }
}

async function reconcileOne(session: Session, flags: ReconcileInput['flags'], info: Info, dryRun: boolean, print: ObjectPrinter): Promise<void> {
  const expected = await decodedObject(info);
  const { group, version, kind } = info.resource;
  if (group !== 'rbac.authorization.k8s.io' || !Object.hasOwn(plurals, kind)) return;
  if (version !== 'v1') throw new Error(`only rbac.authorization.k8s.io/v1 is supported: not *${version}.${kind}`);
  const resource = { group, version, plural: plurals[kind]!, namespaced: !kind.startsWith('Cluster') };
  const [removesPermissions, removesSubjects] = [flags['remove-extra-permissions'], flags['remove-extra-subjects']];
  const report = { removesPermissions, removesSubjects };
  if (kind.endsWith('Binding')) {
    const subjects = await reconciled(session, resource, expected, dryRun, (existing) =>
      reconcileBinding(existing as RoleBinding | ClusterRoleBinding | undefined, expected as unknown as RoleBinding, removesSubjects));
    print(await asTyped(subjects.object as unknown as Unstructured));
    session.streams.err.write(reportOf({ subjects }, report));
    return;
  }
  const rules = await reconciled(session, resource, expected, dryRun, (existing) =>
    reconcileRole(existing as Role | ClusterRole | undefined, expected as unknown as Role, removesPermissions));
  print(await asTyped(rules.object as unknown as Unstructured));
  session.streams.err.write(reportOf({ rules }, report));
}

/** The decision, carried out; when somebody was faster it is made anew. */
async function reconciled<T, Item>(session: Session, resource: Resource, expected: Unstructured, dryRun: boolean, decide: (existing: unknown) => Reconciled<T, Item>): Promise<Reconciled<T, Item>> {
  for (let attempts = 0; attempts < attemptsMax; attempts++) {
    const decision = decide(await stored(session, resource, expected));
    if (decision.isProtected || dryRun || decision.operation === 'none') return decision;
    try {
      return { ...decision, object: await carryOut(session, resource, decision) };
    } catch (error) {
      if (!isReason(error, 'AlreadyExists', 'NotFound')) throw error;
    }
  }
  throw new Error('exceeded maximum attempts');
}
