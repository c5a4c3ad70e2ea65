import type { MutatingWebhook, MutatingWebhookConfiguration, ValidatingWebhook, ValidatingWebhookConfiguration } from '../../../../api/generated/admissionregistration.v1';
import { compileConditions, type Expression } from '../../../../kinds/admissionregistration.k8s.io/expressions';
import type { Store } from '../../../store';

export type Webhook = MutatingWebhook | ValidatingWebhook;

/** One entry of a configuration. */
export interface Hook<W extends Webhook = Webhook> {
  readonly webhook: W;
  /** Of the configuration. */
  readonly configuration: string;
  /** Tells hooks apart; names may repeat between configurations. */
  readonly uid: string;
  readonly conditions: readonly Expression[];
}

type Configuration = MutatingWebhookConfiguration | ValidatingWebhookConfiguration;

/**
 * The webhooks of all configurations of one kind, by the name of their configuration and in its order: as soon as a
 * configuration is written, it is in force. Source: configuration/{mutating,validating}_webhook_manager.go.
 */
export class WebhookSource<W extends Webhook> {
  readonly #prefix: string;
  #hooks: readonly Hook<W>[] | undefined;

  constructor(private readonly store: Store, plural: string) {
    this.#prefix = `admissionregistration.k8s.io/${plural}/`;
    store.watch(this.#prefix, store.revision, () => (this.#hooks = undefined));
  }

  hooks(): readonly Hook<W>[] {
    return (this.#hooks ??= this.store.list(this.#prefix).entries.flatMap(({ object }) => hooksOf<W>(object as unknown as Configuration)));
  }
}

const hooksOf = <W extends Webhook>({ metadata: { name }, webhooks }: Configuration): Hook<W>[] =>
  (webhooks ?? []).map((webhook, at) => ({
    webhook: webhook as W, configuration: name, uid: `${name}/${webhook.name}/${at}`, conditions: compileConditions(webhook.matchConditions, false),
  }));
