import type { Clock, Random } from '../../../api/clock';
import type { Request } from './body';
import type { Decision } from './decide';
import type { ClientFacts } from './headers';
import type { Response } from './pages';
import type { Pools } from './pools';
import type { RequestHead } from './route';

export type ForwardDecision = Extract<Decision, { do: 'forward' }>;

export interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly head: RequestHead;
  readonly facts: ClientFacts;
  readonly decision: ForwardDecision;
}

export interface ForwardContext {
  readonly pools: Pools;
  readonly clock: Clock;
  readonly random: Random;
}
