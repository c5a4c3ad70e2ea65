import type { Answer, Question } from 'dns-packet';
import type { Service, ServicePort } from '../../../api/generated/core.v1';
import { clusterIPsOf } from '../rules/service-port';
import { endpointLabel, namedEndpoints, type NamedEndpoint } from './endpoints';
import { parseClusterName, type ClusterName } from './name';
import type { NamesView } from './view';

/** The answer of an authoritative server; the two codes that it gives. */
export interface ClusterAnswer {
  code: 'NOERROR' | 'NXDOMAIN';
  answers: Answer[];
  additionals: Answer[];
  /** The zone's SOA where there are no answers, for negative caching. */
  authorities: Answer[];
}

export interface Zone {
  /** `cluster.local` */
  domain: string;
  /** Of the name server itself. */
  address: string;
}

/** Seconds; the second is for what does not exist (yet). kubeadm's settings for CoreDNS. */
const ttl = { found: 30, missing: 5 };

/** The version of the specification: https://github.com/kubernetes/dns/blob/master/docs/specification.md */
const schemaVersion = '1.1.0';

/** Records found for a name, of any type; `undefined` for a name that does not exist. */
type Found = { records: Answer[]; additionals?: Answer[] } | undefined;

/**
 * Answers from the cluster's own zone and its addresses' reverse names; `undefined` when other servers have to be
 * asked. Records keep the name as it was asked, in its own case.
 */
export function answerFromCluster(question: Question, view: NamesView, zone: Zone): ClusterAnswer | undefined {
  const asked = question.name.replace(/\.$/, '');
  const name = parseClusterName(asked.toLowerCase(), zone.domain);
  if (!name) return undefined;
  const found = lookUp[name.about](name as never, { asked, view, zone, type: question.type });
  // Addresses outside the cluster have their names elsewhere.
  if (!found && name.about === 'address') return undefined;
  if (!found) return { code: 'NXDOMAIN', answers: [], additionals: [], authorities: [soa(zone)] };
  const answers = found.records.filter(({ type }) => type === question.type || type === 'CNAME' || (question.type as string) === 'ANY');
  return { code: 'NOERROR', answers, additionals: answers.length ? found.additionals ?? [] : [], authorities: answers.length ? [] : [soa(zone)] };
}

interface Context {
  asked: string;
  view: NamesView;
  zone: Zone;
  type: string;
}

type LookUp = { [About in ClusterName['about']]: (name: Extract<ClusterName, { about: About }>, context: Context) => Found };

const lookUp: LookUp = {
  service({ namespace, service: name, endpoint }, { asked, view, zone, type }) {
    const service = view.service(namespace, name);
    if (!service) return undefined;
    if (endpoint !== undefined) {
      const matching = namedEndpoints(service, view).filter(({ label }) => label === endpoint);
      return matching.length > 0 ? { records: matching.map(({ address }) => a(asked, address)) } : undefined;
    }
    if (service.spec.type === 'ExternalName') return { records: [{ type: 'CNAME', name: asked, ttl: ttl.found, data: service.spec.externalName ?? '' }] };
    // SRV without a port asks for all of them.
    if (type === 'SRV') return srv(asked, service, view, zone, () => true);
    const addresses = isHeadless(service) ? namedEndpoints(service, view).map(({ address }) => address) : clusterIPsOf(service);
    // A headless Service without endpoints has no name yet, as with CoreDNS.
    return addresses.length > 0 || !isHeadless(service) ? { records: addresses.map((address) => a(asked, address)) } : undefined;
  },
  port({ namespace, service: name, port, protocol }, { asked, view, zone }) {
    const service = view.service(namespace, name);
    if (!service || service.spec.type === 'ExternalName') return undefined;
    const found = srv(asked, service, view, zone, (one) => one.name === port && one.protocol === protocol);
    return found.records.length > 0 ? found : undefined;
  },
  pod: ({ namespace, address }, { asked, view }) => (view.hasNamespace(namespace) ? { records: [a(asked, address)] } : undefined),
  namespace: ({ namespace }, { view }) => (view.hasNamespace(namespace) ? { records: [] } : undefined),
  zone: ({ apex }, { zone }) => ({ records: apex ? [soa(zone), { type: 'NS', name: zone.domain, ttl: ttl.found, data: nameServer(zone) }] : [],
    additionals: apex ? [a(nameServer(zone), zone.address)] : [] }),
  nameserver: (_, { asked, zone }) => ({ records: [a(asked, zone.address)] }),
  version: (_, { asked }) => ({ records: [{ type: 'TXT', name: asked, ttl: ttl.found, data: schemaVersion }] }),
  address({ address }, { asked, view, zone }) {
    const names = namesOf(address, view).map((name) => `${name}.svc.${zone.domain}`);
    return names.length > 0 ? { records: names.map((data) => ({ type: 'PTR', name: asked, ttl: ttl.found, data })) } : undefined;
  },
  nothing: () => undefined,
};

const isHeadless = ({ spec }: Service): boolean => spec.clusterIP === 'None';

/** The Service at this cluster IP, else those that have it as an endpoint with a hostname of its own. */
function namesOf(address: string, view: NamesView): string[] {
  const service = view.serviceAt(address);
  if (service) return [`${service.metadata.name}.${service.metadata.namespace}`];
  return view.slicesWith(address).flatMap(({ metadata, endpoints = [] }) => {
    const name = metadata.labels?.['kubernetes.io/service-name'];
    const named = endpoints.filter((endpoint) => endpoint.addresses.includes(address) && endpoint.hostname !== undefined);
    return name ? named.map((endpoint) => `${endpointLabel(endpoint, address)}.${name}.${metadata.namespace}`) : [];
  });
}

/** Headless: one record an endpoint, under the endpoint's name; else one a port, under the Service's. */
function srv(asked: string, service: Service, view: NamesView, { domain }: Zone, wanted: (port: { name: string; protocol: string }) => boolean): { records: Answer[]; additionals: Answer[] } {
  const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${domain}`;
  const targets = isHeadless(service)
    ? namedEndpoints(service, view).flatMap((endpoint) => endpointTargets(endpoint, base, wanted))
    : (service.spec.ports ?? []).filter((port) => wanted(lowered(port))).flatMap(({ port }) => clusterIPsOf(service).map((address) => ({ target: base, port, address })));
  const weight = Math.max(1, Math.floor(100 / Math.max(1, targets.length)));
  const addresses = new Map(targets.map(({ target, address }) => [`${target} ${address}`, a(target, address)]));
  return {
    records: targets.map(({ target, port }) => ({ type: 'SRV', name: asked, ttl: ttl.found, data: { priority: 0, weight, port, target } })),
    additionals: [...addresses.values()],
  };
}

function endpointTargets({ label, address, ports }: NamedEndpoint, base: string, wanted: (port: { name: string; protocol: string }) => boolean) {
  return ports.filter(wanted).map(({ port }) => ({ target: `${label}.${base}`, port, address }));
}

const lowered = ({ name = '', protocol = 'TCP' }: ServicePort) => ({ name, protocol: protocol.toLowerCase() });

const a = (name: string, data: string): Answer => ({ type: 'A', name, ttl: ttl.found, data });

const nameServer = ({ domain }: Zone) => `ns.dns.${domain}`;

function soa(zone: Zone): Answer {
  return {
    type: 'SOA', name: zone.domain, ttl: ttl.missing,
    data: { mname: nameServer(zone), rname: `hostmaster.${zone.domain}`, serial: 1, refresh: 7200, retry: 1800, expire: 86_400, minimum: ttl.missing },
  };
}
