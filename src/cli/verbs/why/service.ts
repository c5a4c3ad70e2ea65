import type { Service } from '../../../api/generated/core.v1';
import type { RestClient } from '../../../client/http';
import { reach, type ReachEnd, type ReachInput } from '../../../kinds/reach';
import { serviceWays, type ServiceEnd, type ServiceWay } from '../../../kinds/service-way';
import { lawOf, serviceOf } from './ends';
import { said } from './words';

interface Question {
  readonly source: string;
  readonly from: ReachEnd;
  readonly name: string;
  readonly namespace: string;
  /** Number or name of one of its ports; '' for all. */
  readonly door: string;
  readonly protocol: ReachInput['protocol'];
}

interface Answer {
  readonly lines: readonly string[];
  readonly allowed: boolean;
}

/** Through a Service: its selector, the endpoints that are ready, their ports, and what policies say to each of them. */
export async function whyService(client: RestClient, question: Question): Promise<Answer> {
  const { from, name, namespace, door, protocol } = question;
  const { service, slices, pods } = await serviceOf(client, name, namespace);
  if (service.spec.type === 'ExternalName') throw new Error(`service/${name} is another name of ${service.spec.externalName}: it has no endpoints`);
  const ways = serviceWays(service, slices, pods, door).filter(({ port }) => (port.protocol ?? 'TCP') === protocol);
  if (ways.length === 0) throw new Error(`service/${name} has no ${protocol} port${door && ` ${door}`}`);
  const law = await lawOf(client, [from, ...ways.flatMap(({ ends }) => ends.map(reached))]);
  const answers = ways.map((way) => answer(question, service, way, law));
  return { lines: answers.flatMap(({ lines }) => lines), allowed: answers.every(({ allowed }) => allowed) };
}

const reached = ({ pod, address }: ServiceEnd): ReachEnd => (pod ? { pod } : { address });

function answer({ source, from, name, protocol }: Question, { spec }: Service, { port, ends, reason }: ServiceWay, law: Pick<ReachInput, 'namespaces' | 'policies'>): Answer {
  const verdicts = ends.map((end) => ({ end, ...reach({ from, to: reached(end), protocol, port: end.port, ...law }) }));
  const open = verdicts.filter(({ egress, ingress }) => egress.allowed && ingress.allowed);
  const allowed = ends.length > 0 && open.length === ends.length;
  const may = allowed ? 'may reach' : open.length === 0 ? 'may not reach' : `may reach ${open.length} of ${ends.length} endpoints of`;
  return { allowed, lines: [
    `${source} ${may} service/${name} at ${protocol} port ${port.port}`,
    `  service/${name}: ${reason ?? [addressOf(spec), selectorOf(spec), `ready endpoints ${ends.map((end) => titleOf(end)).join(', ')}`].join(', ')}`,
    ...verdicts.flatMap(({ end, egress, ingress }) => [`  leaving ${source} for ${titleOf(end)}: ${said(from, egress)}`, `  entering ${titleOf(end)}: ${said(reached(end), ingress)}`]),
  ] };
}

const addressOf = ({ clusterIP }: Service['spec']) => (clusterIP && clusterIP !== 'None' ? clusterIP : 'headless');

function selectorOf({ selector = {} }: Service['spec']): string {
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return labels.length > 0 ? `selector ${labels.join(',')}` : 'no selector';
}

const titleOf = ({ pod, address, port }: ServiceEnd): string => `${pod ? `pod/${pod.metadata.name}` : address}:${port}`;
