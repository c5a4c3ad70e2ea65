import { sleep, type Clock, type Random } from '../../src/api/clock';
import { RuntimeFailure, type Runtime } from '../../src/runtime/port';

export interface RuntimeFaults {
  /** Probability that a call fails; half of those that fail have happened all the same. */
  failure: number;
  /** Probability that an event is lost; the engine is taken to have been away then, which is told within two seconds. */
  eventLoss: number;
  /** The one who calls was killed: nothing that it asks for happens any more. */
  cut: boolean;
}

const failing = new Set(['pullImage', 'createSandbox', 'stopSandbox', 'removeSandbox', 'createContainer', 'startContainer', 'stopContainer', 'removeContainer', 'removeVolumes']);

/** A runtime over an unreliable engine. Faults may be changed at any time. */
export function faultyRuntime(runtime: Runtime, faults: RuntimeFaults, clock: Clock, random: Random): Runtime {
  const call = async (name: string, perform: () => Promise<unknown>): Promise<unknown> => {
    if (faults.cut) throw new RuntimeFailure('EngineUnavailable', `${name}: the connection is cut`);
    const fails = failing.has(name) && random() < faults.failure;
    const happens = !fails || random() < 0.5;
    const result = happens ? await perform() : undefined;
    if (fails || faults.cut) throw new RuntimeFailure('Failed', `${name}: the engine does not feel well`);
    return result;
  };
  async function* watch(nodeName: string, signal: AbortSignal): AsyncIterable<{ podUid: string }> {
    for await (const event of runtime.watch(nodeName, signal)) {
      if (random() >= faults.eventLoss) {
        yield event;
        continue;
      }
      await sleep(clock, 2000 * random(), signal).catch(() => undefined);
      yield { podUid: '' };
    }
  }
  return new Proxy(runtime, {
    get(target, name) {
      if (name === 'watch') return watch;
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const method = member as (...args: unknown[]) => unknown;
      if (name === 'snapshot' || failing.has(String(name))) return (...args: unknown[]) => call(String(name), () => method.apply(target, args) as Promise<unknown>);
      return method.bind(target);
    },
  });
}
