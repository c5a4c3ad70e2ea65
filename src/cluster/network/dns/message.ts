import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED, TRUNCATED_RESPONSE, type Answer, type Packet, type Question } from 'dns-packet';

/** The response codes given here, as the low four bits of the flags carry them. */
const codes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4 } as const;

export interface Reply {
  code: keyof typeof codes;
  authoritative?: boolean;
  answers?: Answer[];
  authorities?: Answer[];
  additionals?: Answer[];
}

export interface Query {
  packet: Packet;
  question: Question;
  /** Bytes that the client takes over UDP. */
  udpSize: number;
}

/** What every client takes; with EDNS what it says, up to what passes the pod network unfragmented. */
const plainSize = 512;
const largestSize = 1232;

/** `undefined` for what is not a query with one question. */
export function readQuery(message: Buffer): Query | undefined {
  try {
    const packet = decode(message);
    const [question, ...others] = packet.questions ?? [];
    if (packet.type !== 'query' || !question || others.length > 0) return undefined;
    const edns = optOf(packet);
    return { packet, question, udpSize: edns ? Math.min(Math.max(edns.udpPayloadSize, plainSize), largestSize) : plainSize };
  } catch {
    return undefined;
  }
}

const optOf = (packet: Packet) => packet.additionals?.find((answer) => answer.type === 'OPT');

/** A client that spoke EDNS gets an OPT record back. */
export function writeReply({ packet, question }: Query, reply: Reply): Buffer {
  const edns = optOf(packet);
  const flags = RECURSION_AVAILABLE | ((packet.flags ?? 0) & RECURSION_DESIRED) | (reply.authoritative ? AUTHORITATIVE_ANSWER : 0) | codes[reply.code];
  return encode({
    type: 'response', id: packet.id ?? 0, flags, questions: [question],
    answers: reply.answers ?? [], authorities: reply.authorities ?? [],
    additionals: [...(reply.additionals ?? []), ...(edns ? [{ ...edns, udpPayloadSize: largestSize, options: [], extendedRcode: 0 }] : [])],
  });
}

/** The same reply where it fits into a datagram, else one without records that makes the client ask over TCP. */
export function forUdp(query: Query, response: Buffer): Buffer {
  if (response.length <= query.udpSize) return response;
  const cut = Buffer.from(writeReply(query, { code: 'NOERROR' }));
  cut.writeUInt16BE(cut.readUInt16BE(2) | TRUNCATED_RESPONSE, 2);
  return cut;
}

/** The shortest time, in seconds, that a record of the response may be kept; `undefined` for what must not be. */
export function cacheableSeconds(response: Buffer): number | undefined {
  const packet = decode(response);
  const code = (packet.flags ?? 0) & 0xf;
  if ((code !== codes.NOERROR && code !== codes.NXDOMAIN) || (packet.flags ?? 0) & TRUNCATED_RESPONSE) return undefined;
  const records = [...(packet.answers ?? []), ...(packet.authorities ?? [])];
  const ttls = records.flatMap((record) => ('ttl' in record && record.ttl !== undefined ? [record.ttl] : []));
  return ttls.length > 0 ? Math.min(...ttls) : undefined;
}

/** The same message under another client's id. */
export function withId(message: Buffer, id: number): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(id, 0);
  return copy;
}
