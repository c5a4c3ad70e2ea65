import { groupVersion, type Unstructured } from '../../../api/meta';
import { requireFlags } from '../../argv/required';
import { forEachInfo, visit, type Info } from '../../builder';
import { withChangeCause } from '../../change-cause';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { withTypedConfig } from '../../last-applied';
import { successPrinter } from '../../print/success';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import type { AutoscaleFlags } from './flags';
import { generators, type AutoscaleSpec } from './generate';

type AutoscaleInput = Input<AutoscaleFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/autoscale: what the server does not take in version 2 is tried in version 1. */
export async function autoscale(session: Session, { flags, args, changed }: AutoscaleInput): Promise<void> {
  requireFlags(changed, ['max']);
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const { max, min } = flags;
  if (max < 1) throw new Error(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) throw new Error(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  const visited = await visit(session, {
    args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace: await session.namespace(),
  });
  let count = 0;
  throwAll(await forEachInfo(visited, async (info) => {
    checkScalable(info);
    const spec = specOf(info, flags);
    await create(session, flags, dryRun, 'v2', spec).catch(() => create(session, flags, dryRun, 'v1', spec));
    count++;
  }));
  if (!count) throw new Error('no objects passed to autoscale');
}

function checkScalable({ resource }: Info): void {
  if (resource.subresources.includes('scale')) return;
  throw new Error(`cannot autoscale a ${resource.kind}: could not find scale subresource for ${resource.group}/${resource.version}, Resource=${resource.plural} in discovery information`);
}

function specOf({ resource, name }: Info, flags: AutoscaleInput['flags']): AutoscaleSpec {
  return {
    name: flags.name || name, target: { apiVersion: groupVersion(resource), kind: resource.kind, name },
    max: flags.max, min: flags.min, cpuPercent: flags['cpu-percent'],
  };
}

async function create(session: Session, flags: AutoscaleInput['flags'], dryRun: DryRun, version: 'v1' | 'v2', spec: AutoscaleSpec): Promise<void> {
  const object = withChangeCause(session, await asTyped(generators[version](spec)) as Unstructured);
  const printer = (operation: string) => successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation, dryRun, keepOrder: true });
  if (dryRun === 'client') return (await printer('created'))(object);
  const client = await session.client();
  const resource = { group: 'autoscaling', version, plural: 'horizontalpodautoscalers', namespaced: true };
  const saved = withTypedConfig(object, flags['save-config']);
  const { name: namespace } = await session.namespace();
  const created = await client.create(resource, { ...saved, metadata: { ...saved.metadata, namespace } }, { dryRun: dryRun === 'server', fieldManager: flags['field-manager'] });
  (await printer('autoscaled'))(await asTyped(created));
}
