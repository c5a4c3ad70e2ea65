import { groupVersion, type KubeObject } from '../../../api/meta';
import type { UserInfo } from '../authn/user';
import type { Identity } from '../outbound/agents';
import type { OutboundClient } from '../outbound/client';
import { peerOf, userHeaders } from './peer';
import type { RemoteDiscovery } from './remote-discovery';
import type { ApiServices, RemoteService } from './services';

export interface ContentsOptions {
  readonly services: ApiServices;
  readonly discovery: RemoteDiscovery;
  readonly client: OutboundClient;
  readonly identity: Identity | undefined;
}

interface Discovered {
  readonly resource?: string;
  readonly scope?: string;
  readonly verbs?: readonly string[];
}

interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: true;
}

interface Left {
  readonly resource: Resource;
  readonly objects: readonly KubeObject[];
}

/** As whom namespaces are emptied. */
const emptier: UserInfo = {
  name: 'system:serviceaccount:kube-system:namespace-controller', groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
};
const timeoutMs = 10_000;

/** What the servers behind APIServices hold of namespaces. */
export class RemoteContents {
  constructor(private readonly options: ContentsOptions) {}

  /** Deletes it, and says what is left. Versions of servers that do not answer are `unknown`. */
  async empty(namespace: string): Promise<{ remaining: Left[]; failures: Error[]; unknown: string[] }> {
    const remaining: Left[] = [];
    const failures: Error[] = [];
    const unknown: string[] = [];
    for (const { group, version, freshness, resources } of this.options.discovery.entries()) {
      const service = this.options.services.remote(group, version);
      if (freshness !== 'Current' || !service) {
        unknown.push(groupVersion({ group, version }));
        continue;
      }
      for (const { resource: plural = '', verbs = [] } of (resources as readonly Discovered[]).filter(isContent)) {
        const resource: Resource = { group, version, plural, namespaced: true };
        const emptied = await this.#deleteAll(service, resource, verbs, namespace).catch((error: Error) => error);
        if (emptied instanceof Error) failures.push(emptied);
        else if (emptied.length) remaining.push({ resource, objects: emptied });
      }
    }
    return { remaining, failures, unknown };
  }

  async #deleteAll(service: RemoteService, { group, version, plural }: Resource, verbs: readonly string[], namespace: string): Promise<readonly KubeObject[]> {
    const path = `/apis/${groupVersion({ group, version })}/namespaces/${namespace}/${plural}`;
    const found = await this.#list(service, path);
    const doomed = found.filter(({ metadata }) => !metadata.deletionTimestamp);
    if (!doomed.length) return found;
    if (verbs.includes('deletecollection')) await this.#ask(service, 'DELETE', path);
    else for (const { metadata } of doomed) await this.#ask(service, 'DELETE', `${path}/${metadata.name}`);
    return this.#list(service, path);
  }

  async #list(service: RemoteService, path: string): Promise<readonly KubeObject[]> {
    return ((await this.#ask(service, 'GET', path)) as { items?: readonly KubeObject[] } | undefined)?.items ?? [];
  }

  /** Undefined for what is not there. */
  async #ask(service: RemoteService, method: string, path: string): Promise<unknown> {
    const { client, identity } = this.options;
    const body = Buffer.from(method === 'DELETE' ? JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' }) : '');
    const headers = { accept: 'application/json', ...userHeaders(emptier), ...(body.length && { 'content-type': 'application/json', 'content-length': body.length }) };
    const answer = await client.ask(peerOf(service, identity), { method, path, headers }, timeoutMs, body);
    const text = answer.body.toString();
    if (answer.code === 404) return undefined;
    if (answer.code >= 300) throw new Error(`${method} ${path}: ${answer.code} ${text}`);
    return JSON.parse(text);
  }
}

const isContent = ({ scope, verbs = [] }: Discovered) => scope === 'Namespaced' && ['list', 'delete'].every((verb) => verbs.includes(verb));
