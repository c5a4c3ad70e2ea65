import { within } from '../../../src/cluster/kubelet/probes/deadline';
import { TestClock } from '../apiserver/support/registry';

function begun(timeoutMs: number) {
  const clock = new TestClock();
  const cancelled = jest.fn();
  let answer: (value: string) => void = () => undefined;
  const result = within(clock, timeoutMs, (onCancel) => {
    onCancel(cancelled);
    return new Promise<string>((resolve) => { answer = resolve; });
  }, 'late');
  const outcome = result.catch((error: Error) => error.message);
  return { clock, cancelled, outcome, answer: (value: string) => answer(value) };
}

describe('the time of a probe', () => {
  it('is over on time', async () => {
    const { clock, cancelled, outcome } = begun(1000);
    clock.advance(999);
    expect(cancelled).not.toHaveBeenCalled();
    clock.advance(1);
    expect(await outcome).toBe('late');
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  it('lets an answer in that this process was too busy to read', async () => {
    const { clock, cancelled, outcome, answer } = begun(1000);
    clock.advance(1800);
    answer('here all the time');
    expect(await outcome).toBe('here all the time');
    clock.advance(5000);
    expect(cancelled).not.toHaveBeenCalled();
  });

  it('is over after the second look', async () => {
    const { clock, outcome } = begun(1000);
    clock.advance(1800);
    clock.advance(800);
    expect(await outcome).toBe('late');
  });
});
