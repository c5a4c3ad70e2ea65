import { invalid, methodNotAllowed } from '../../../api/errors';
import { invalidValue } from '../../../api/validation';
import { isGone, type Exchange, type Outgoing, type Reply } from '../http/exchange';
import { begin } from '../http/respond';
import { isTrue } from '../http/request-info';
import { integerOf } from '../http/write-context';
import type { VerbTarget } from '../http/verbs/verb';
import type { LogOptions } from '../node-agent';
import { agentOf, containerOf, findPod, type FindAgent } from './pods';

const contentType = 'text/plain';

/** GET …/log: lines as they come. A pod without a node has none yet. */
export const log = (find: FindAgent) => async (exchange: Exchange, target: VerbTarget): Promise<Reply | void> => {
  if (exchange.info.verb !== 'get') throw methodNotAllowed();
  const pod = findPod(target);
  const options = { ...logOptions(exchange.info.query), container: containerOf(pod, exchange.info.query.get('container')) };
  if (!pod.spec.nodeName) return { code: 200, contentType, body: Buffer.alloc(0) };
  const abort = new AbortController();
  exchange.response.once('close', () => abort.abort());
  const lines = agentOf(pod, find).logs(pod, options, abort.signal)[Symbol.asyncIterator]();
  // The first line, or the failure, decides about the head of the answer; who follows wants the head at once.
  const first = options.follow ? undefined : await lines.next();
  begin(exchange, 200, { 'content-type': contentType });
  if (options.follow && 'flushHeaders' in exchange.response) exchange.response.flushHeaders();
  if (first && !first.done) await write(exchange.response, first.value);
  if (!first?.done) for (let next = await lines.next(); !next.done; next = await lines.next()) await write(exchange.response, next.value);
  exchange.response.end();
};

/** Waits while the client is slower than the container. */
async function write(response: Outgoing, chunk: Buffer): Promise<void> {
  if (isGone(response) || (response.write as (chunk: Buffer) => boolean).call(response, chunk)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}

/** Throws Invalid. Source: ValidatePodLogOptions. */
function logOptions(query: URLSearchParams): LogOptions {
  const number = (name: 'tailLines' | 'limitBytes' | 'sinceSeconds', min: number, detail: string) => {
    const value = integerOf(query, name);
    if (value === undefined) return {};
    if (value < min) throw invalid({ group: '', kind: 'PodLogOptions' }, '', [invalidValue(name, value, detail)]);
    return { [name]: value };
  };
  const sinceTime = query.get('sinceTime');
  return {
    follow: isTrue(query.get('follow')), previous: isTrue(query.get('previous')), timestamps: isTrue(query.get('timestamps')),
    ...number('tailLines', 0, 'must be greater than or equal to 0'),
    ...number('limitBytes', 1, 'must be greater than 0'),
    ...number('sinceSeconds', 1, 'must be greater than 0'),
    ...(sinceTime && { sinceTime }),
  };
}
