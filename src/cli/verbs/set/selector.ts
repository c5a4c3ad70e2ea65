import type { Service } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { parseToLabelSelector } from '../../../api/selectors';
import { forEachInfo, visit } from '../../builder';
import { dryRunStrategy } from '../../dry-run';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import type { setSelectorFlags } from './flags';

/** The last argument is the selector. After k8s.io/kubectl/pkg/cmd/set/set_selector.go. */
export async function setSelector(session: Session, { flags, args }: Input<typeof setSelectorFlags & GlobalFlags>): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const selector = args.length ? parseToLabelSelector(args.at(-1)!) : undefined;
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'selector updated', dryRun, keepOrder: true });
  if (!selector) throw new Error('one selector is required');
  const visited = await visit(session, {
    filenames: flags.filename, recursive: flags.recursive, namespace: await session.namespace(), typed: true,
    ...(flags.local ? { local: true } : { args: args.slice(0, -1), emptySelectorMeansAll: flags.all, latest: true }),
  });
  throwAll(await forEachInfo(visited, async ({ object, resource, name, namespace }) => {
    if (object.kind !== 'Service') throw new Error('setting a selector is only supported for Services');
    if (selector.matchExpressions?.length) throw new Error('match expressions are not supported on this object');
    const version = flags['resource-version'];
    const before = await asTyped(object) as Unstructured & Service;
    const after = { ...before, spec: { ...before.spec, selector: selector.matchLabels ?? {} } };
    if (flags.local || dryRun === 'client') return print(await asTyped(after));
    const { twoWayStrategicPatch } = await import('../../../api/patch');
    const patch = twoWayStrategicPatch(before, after, 'io.k8s.api.core.v1.Service');
    const client = await session.client();
    const body = version ? { ...patch, metadata: { resourceVersion: version } } : patch;
    print(await asTyped(await client.patch<Unstructured>(resource, name, namespace, 'strategic', body, { dryRun: dryRun === 'server', fieldManager: flags['field-manager'] })));
  }));
}
