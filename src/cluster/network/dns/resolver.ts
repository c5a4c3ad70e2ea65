import { decode, encode, RECURSION_DESIRED, type Answer, type Question } from 'dns-packet';
import type { Random } from '../../../api/clock';
import { answerFromCluster, type ClusterAnswer, type Zone } from './answer';
import { readQuery, withId, writeReply, type Query } from './message';
import type { Transport, Upstream } from './upstream';
import type { NamesView } from './view';

export interface ResolverOptions {
  view: NamesView;
  zone: Zone;
  upstream: Upstream;
  random: Random;
}

/** A response to every query that can be read; `undefined` for other packets, which are dropped. */
export type Resolve = (message: Buffer, transport: Transport) => Promise<{ query: Query; response: Buffer } | undefined>;

export function createResolver({ view, zone, upstream, random }: ResolverOptions): Resolve {
  /** An alias to elsewhere is followed, as resolvers in pods expect the address along with it. */
  async function follow(question: Question, answer: ClusterAnswer, transport: Transport): Promise<Answer[]> {
    const alias = answer.answers.find(({ type }) => type === 'CNAME');
    if (!alias || alias.type !== 'CNAME' || question.type === 'CNAME') return [];
    const next: Question = { ...question, name: alias.data };
    const inside = answerFromCluster(next, view, zone);
    if (inside) return inside.answers;
    const response = await upstream.resolve(encode({ type: 'query', id: 0, flags: RECURSION_DESIRED, questions: [next] }), transport).catch(() => undefined);
    return response ? decode(response).answers ?? [] : [];
  }

  async function respond(query: Query, message: Buffer, transport: Transport): Promise<Buffer> {
    const { question } = query;
    const answer = answerFromCluster(question, view, zone);
    if (!answer) {
      return upstream.resolve(message, transport)
        .then((response) => withId(response, query.packet.id ?? 0), () => writeReply(query, { code: 'SERVFAIL' }));
    }
    const further = await follow(question, answer, transport);
    return writeReply(query, { ...answer, authoritative: true, answers: [...shuffled(answer.answers, random), ...further] });
  }

  return async (message, transport) => {
    const query = readQuery(message);
    return query && { query, response: await respond(query, message, transport) };
  };
}

/** Clients take the first address: all endpoints get their share. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
