import type { Unstructured } from '../../../api/meta';
import { resourcePath } from '../../../client/http';
import type { Resource } from '../../../client/client';
import { requireFlags } from '../../argv/required';
import { withChangeCause } from '../../change-cause';
import { withTypedConfig } from '../../last-applied';
import { podsResource } from '../../pods/behind';
import { inGoOrder } from '../../print/go-order';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import { followPod } from './follow';
import { generatePod, generateService, type RunSpec } from './generate';
import { runOptions, type RunInput, type RunOptions } from './options';
import { overridden } from './overrides';
import { remove, type Created } from './remove';

const servicesResource: Resource = { group: '', version: 'v1', plural: 'services', namespaced: true };

/** After k8s.io/kubectl/pkg/cmd/run. */
export async function run(session: Session, input: RunInput): Promise<void> {
  const { flags, changed } = input;
  requireFlags(changed, ['image']);
  const options = runOptions(session, input);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'created', dryRun: options.dryRun, keepOrder: true });
  const spec = specOf(input, options);
  const pod = withChangeCause(session, await overridden(generatePod(spec), flags.overrides, flags['override-type']));
  const created = [await create(session, input, options, podsResource, pod as unknown as Unstructured)];
  const failure = flags.expose ? await attempt(async () => {
    const service = await create(session, input, options, servicesResource, withChangeCause(session, generateService(spec)) as unknown as Unstructured);
    created.push(service);
    print(service.object);
    if (flags.output === 'yaml') session.streams.out.write('---\n');
  }) : undefined;
  if (!options.attach) {
    print(created[0]!.object);
    if (failure) throw failure;
    return;
  }
  try {
    await followPod(session, created[0]!.object, { flags, restart: options.restart });
  } finally {
    if (flags.rm) await remove(session, created, options.propagation, flags.quiet);
  }
}

function specOf({ flags, args }: RunInput, { restart }: RunOptions): RunSpec {
  return {
    name: args[0]!, image: flags.image, args: args.slice(1), command: flags.command,
    env: flags.env, annotations: flags.annotations, labels: flags.labels, port: flags.port,
    stdin: flags.stdin, stdinOnce: flags.stdin && !flags['leave-stdin-open'], tty: flags.tty,
    privileged: flags.privileged, pullPolicy: flags['image-pull-policy'], restart,
  };
}

async function attempt(action: () => Promise<void>): Promise<Error | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

async function create(session: Session, { flags }: RunInput, { dryRun }: RunOptions, resource: Resource, object: Unstructured): Promise<Created> {
  const { name: namespace, explicit } = await session.namespace();
  if (dryRun === 'client') return { resource, object: explicit ? inNamespace(object, namespace) : object };
  const client = await session.client();
  const body = withTypedConfig(object, flags['save-config']);
  const query = { fieldManager: flags['field-manager'], ...(dryRun === 'server' && { dryRun: 'All' }) };
  const created = await client.request<Unstructured>({ method: 'POST', path: resourcePath(resource, namespace), query, body });
  return { resource, object: flags.output === 'json' ? await inGoOrder(created, `io.k8s.api.core.v1.${object.kind}`) : created };
}

/** Behind the name, where Go's struct has it. */
const inNamespace = (object: Unstructured, namespace: string): Unstructured =>
  ({ ...object, metadata: Object.assign({ name: object.metadata.name, namespace }, object.metadata, { namespace }) });
