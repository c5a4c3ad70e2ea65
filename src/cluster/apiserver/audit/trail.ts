import { microTimestamp, type Clock } from '../../../api/clock';
import type { UserInfo } from '../authn/user';
import { auditStatus, auditUser, withoutManagers, type AuditEvent, type AuditObject, type AuditStatus, type AuditUser } from './event';
import type { AuditConfig, Stage } from './policy';

/** What is known of a request before it is answered. */
export interface AuditedExchange {
  readonly auditID: string;
  readonly requestURI: string;
  readonly verb: string;
  readonly user: AuditUser;
  readonly sourceIPs: readonly string[] | undefined;
  readonly userAgent: string | undefined;
  readonly objectRef: AuditObject | undefined;
}

/** The events of one request, one a stage, as its policy wants them. Source: k8s.io/apiserver/pkg/endpoints/filters/audit.go. */
export class AuditTrail {
  readonly #receivedAt: string;
  #impersonated: AuditUser | undefined;
  #status: AuditStatus | undefined;
  #isStarted = false;
  #requestObject: unknown;
  #responseObject: unknown;
  readonly #annotations = new Map<string, string>();
  readonly #objectRef: AuditObject | undefined;

  constructor(
    private readonly exchange: AuditedExchange, private readonly config: AuditConfig, private readonly lasts: boolean,
    private readonly clock: Clock, private readonly sink: (event: AuditEvent) => void,
  ) {
    this.#receivedAt = microTimestamp(clock.now());
    this.#objectRef = exchange.objectRef && { ...exchange.objectRef };
  }

  received(): void {
    this.#emit('RequestReceived');
  }

  /** The user whom the request acts as, where that is another. */
  impersonated(user: UserInfo): void {
    this.#impersonated = auditUser(user);
  }

  /** The first value of a key stands. */
  annotate(key: string, value: string): void {
    if (!this.#annotations.has(key)) this.#annotations.set(key, value);
  }

  /** The object that came with the request, before anything changes it. */
  requested(object: unknown): void {
    this.#nameFrom(object);
    if (this.#wantsRequest) this.#requestObject = frozen(this.#shown(object));
  }

  /** What is to be changed, in whatever form. Source: LogRequestPatch. */
  patched(patch: unknown): void {
    if (this.#wantsRequest) this.#requestObject = frozen(patch);
  }

  get #wantsRequest(): boolean {
    return this.config.level === 'Request' || this.config.level === 'RequestResponse';
  }

  get #wantsAnswer(): boolean {
    return this.config.level === 'RequestResponse';
  }

  /** `body`: what the answer holds, parsed; asked for only where it matters. Called before the head is sent. */
  answered(code: number, body: () => unknown): void {
    const known = code >= 400 || this.#wantsAnswer ? body() : undefined;
    this.#status = auditStatus(code, known);
    if (this.#wantsAnswer && this.exchange.objectRef) this.#responseObject = frozen(this.#shown(known));
  }

  failedAuthentication(message: string): void {
    this.#status = { metadata: {}, message, code: 401 };
    this.#emit('ResponseStarted');
  }

  /** The head of the answer is sent; the first call counts. */
  started(code: number): void {
    this.#status ??= { metadata: {}, code };
    if (this.lasts && !this.#isStarted) this.#emit('ResponseStarted');
    this.#isStarted = true;
  }

  completed(): void {
    if (!this.#status) {
      this.#status = { metadata: {}, status: 'Success', message: 'Connection closed early', code: 200 };
      if (this.lasts) this.#emit('ResponseStarted');
    }
    this.#emit('ResponseComplete');
  }

  #shown(object: unknown): unknown {
    return this.config.omitManagedFields ? withoutManagers(object) : object;
  }

  /** Source: LogRequestObject. */
  #nameFrom(object: unknown): void {
    const { metadata } = (object ?? {}) as { metadata?: { namespace?: string; name?: string; uid?: string; resourceVersion?: string } };
    if (!this.#objectRef || !metadata) return;
    this.#objectRef.namespace ||= metadata.namespace;
    this.#objectRef.name ||= metadata.name;
    this.#objectRef.uid ||= metadata.uid;
    this.#objectRef.resourceVersion ||= metadata.resourceVersion;
  }

  #emit(stage: Stage): void {
    if (this.config.omitStages.includes(stage)) return;
    const { auditID, requestURI, verb, user, sourceIPs, userAgent } = this.exchange;
    const annotations = [...this.#annotations].sort(([a], [b]) => (a < b ? -1 : 1));
    this.sink({
      kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: this.config.level, auditID, stage, requestURI, verb, user,
      impersonatedUser: this.#impersonated, sourceIPs, userAgent, objectRef: this.#objectRef && ordered(this.#objectRef),
      responseStatus: this.#status, requestObject: this.#requestObject, responseObject: this.#responseObject,
      requestReceivedTimestamp: this.#receivedAt,
      stageTimestamp: stage === 'RequestReceived' ? this.#receivedAt : microTimestamp(this.clock.now()),
      annotations: annotations.length ? Object.fromEntries(annotations) : undefined,
    });
  }
}

/** What it is now, whatever becomes of it: admission changes objects in place. */
const frozen = (object: unknown): unknown => (object === undefined ? undefined : (JSON.parse(JSON.stringify(object)) as unknown));

const ordered = ({ resource, namespace, name, uid, apiGroup, apiVersion, resourceVersion, subresource }: AuditObject): AuditObject =>
  ({ resource, namespace: namespace || undefined, name: name || undefined, uid, apiGroup: apiGroup || undefined, apiVersion, resourceVersion, subresource }) as AuditObject;
