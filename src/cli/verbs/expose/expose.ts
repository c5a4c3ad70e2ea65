import type { Service } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { forEachInfo, visit, type Info } from '../../builder';
import { dryRunStrategy } from '../../dry-run';
import { withChangeCause } from '../../change-cause';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { withTypedConfig } from '../../last-applied';
import { successPrinter } from '../../print/success';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import { checkExposable, labelText, portsOf, selectorOf } from './exposed';
import type { ExposeFlags } from './flags';
import { generateExposed, type ExposeSpec } from './generate';
import { overriddenService } from './overrides';

type ExposeInput = Input<ExposeFlags & GlobalFlags>;

const services = { group: '', version: 'v1', plural: 'services', namespaced: true };
const nameLengthMax = 63;

/** After k8s.io/kubectl/pkg/cmd/expose. */
export async function expose(session: Session, { flags, args }: ExposeInput): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'exposed', dryRun, keepOrder: true });
  const namespace = await session.namespace();
  const visited = await visit(session, { args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, namespace, typed: true });
  throwAll(await forEachInfo(visited, async (info) => {
    checkExposable(info);
    const service = withChangeCause(session, await overriddenService(generateExposed(specOf(flags, info)), flags.overrides, flags['override-type']));
    if (dryRun === 'client') return print(namespace.explicit ? inNamespace(service, namespace.name) : service as unknown as Unstructured);
    const saved = withTypedConfig(service as unknown as Unstructured, flags['save-config']);
    const client = await session.client();
    const created = await client.create(services, { ...saved, metadata: { ...saved.metadata, namespace: namespace.name } }, { dryRun: dryRun === 'server', fieldManager: flags['field-manager'] });
    print(await asTyped(created));
  }));
}

function specOf(flags: ExposeInput['flags'], info: Info): ExposeSpec {
  const selector = flags.selector || selectorOf(info);
  const protocols = portsOf(info);
  const ports = flags.port || [...protocols.keys()].join(',');
  if (!ports && flags['cluster-ip'] !== 'None') throw new Error('couldn\'t find port via --port flag or introspection');
  return {
    name: flags.name || info.name.slice(0, nameLengthMax), selector, labels: flags.labels || labelText(info.object.metadata.labels ?? {}),
    ports, protocol: flags.protocol, protocols, targetPort: flags['target-port'], externalIP: flags['external-ip'], type: flags.type,
    loadBalancerIP: flags['load-balancer-ip'], sessionAffinity: flags['session-affinity'], clusterIP: flags['cluster-ip'],
  };
}

/** Behind the name, where Go's struct has it. */
function inNamespace({ kind, apiVersion, metadata: { name, ...metadata }, ...rest }: Service, namespace: string): Unstructured {
  return { kind, apiVersion, metadata: { name, namespace, ...metadata }, ...rest } as unknown as Unstructured;
}
