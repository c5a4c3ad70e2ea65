import { deepEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { APIService } from '../../../api/generated/apiregistration.v1';
import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { isStoreError } from '../../store';
import { priorityOf } from '../discovery/priorities';
import { createEntry } from '../registry/create';
import { serverContext as context } from '../registry/context';
import { deleteEntry } from '../registry/delete';
import { updateEntry } from '../registry/update';
import type { Registry } from '../registry/registry';
import type { ApiServices } from './services';

const label = 'kube-aggregator.kubernetes.io/automanaged';
const own = 'apiregistration.k8s.io';

export interface RegistrationOptions {
  readonly registry: Registry;
  readonly services: ApiServices;
  /** What the server serves whatever is stored. */
  readonly builtIn: readonly Pick<Kind, 'group' | 'version'>[];
  log(line: string): void;
}

const nameOf = ({ group, version }: Pick<Kind, 'group' | 'version'>) => `${version}.${group}`;

/**
 * Keeps an APIService for every version that this server serves itself: those of built-in kinds are made once, those of
 * custom resources come and go. Whoever takes the label off one has it for themselves.
 * Source: autoregister_controller.go and crdregistration_controller.go.
 */
export class LocalRegistration {
  readonly #builtIn: ReadonlySet<string>;
  #isFirst = true;
  #tail: Promise<void> = Promise.resolve();

  constructor(private readonly options: RegistrationOptions) {
    this.#builtIn = new Set(options.builtIn.map(nameOf));
  }

  start(): void {
    const { registry, services } = this.options;
    registry.kinds.subscribe(() => this.#wake());
    services.subscribe(() => this.#wake());
    this.#wake();
  }

  #wake(): void {
    this.#tail = this.#tail.then(() => this.#reconcile()).catch((error: unknown) => {
      // Who changed it meanwhile has woken us again.
      if (!isReason(error, 'Conflict', 'NotFound', 'AlreadyExists') && !isStoreError(error, 'Closed')) this.options.log(`APIServices: ${String(error)}`);
    });
  }

  async #reconcile(): Promise<void> {
    const { registry, services } = this.options;
    const kind = registry.kinds.find({ group: own, version: 'v1', resource: 'apiservices' });
    if (!kind) return;
    const wanted = new Map(registry.kinds.all().filter(({ group }) => group !== own).map((one) => [nameOf(one), this.#serviceOf(one)]));
    for (const [name, service] of wanted) await this.#ensure(kind, service, services.get(name));
    this.#isFirst = false;
    for (const { metadata } of services.all()) {
      if (metadata.labels?.[label] === 'true' && !wanted.has(metadata.name!)) await deleteEntry(registry, kind, undefined, metadata.name!, {}, context);
    }
  }

  #serviceOf({ group, version }: Kind): APIService {
    const { group: groupPriorityMinimum, version: versionPriority } = priorityOf(group, version);
    const name = nameOf({ group, version });
    const managed = this.#builtIn.has(name) ? 'onstart' : 'true';
    return { metadata: { name, labels: { [label]: managed } }, spec: { ...(group && { group }), version, groupPriorityMinimum, versionPriority } };
  }

  async #ensure(kind: Kind, service: APIService, found: APIService | undefined): Promise<void> {
    const { registry } = this.options;
    const isOnce = service.metadata.labels![label] === 'onstart';
    if (isOnce && !this.#isFirst) return;
    if (!found) return void await createEntry(registry, kind, undefined, service as unknown as Unstructured, context);
    if (!found.metadata.labels?.[label] || deepEqual(found.spec, service.spec)) return;
    await updateEntry(registry, kind, undefined, service.metadata.name!, (current) => ({ ...current!, spec: service.spec }), { part: 'main' }, context);
  }
}
