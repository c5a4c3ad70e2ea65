import type { ContainerSample } from '../../../../src/cluster/apiserver/node-agent';
import { UsageHistory } from '../../../../src/cluster/apiserver/metrics/usage';

type Reading = [atSeconds: number, cpuSeconds: number, startedAtSeconds?: number];

const sample = ([at, cpu, startedAt = 0]: Reading): ContainerSample => ({
  nodeName: 'node', podUid: 'uid', container: 'web', startedAtMs: startedAt * 1000, timeMs: at * 1000, cpuNanoseconds: cpu * 1e9, memoryWorkingSetBytes: at,
});

/** `millicores over seconds`, of what is known after the readings. */
function told(readings: Reading[]): string {
  const history = new UsageHistory();
  for (const reading of readings) history.add([sample(reading)]);
  return history.usages().map(({ cpuNanocores, windowMs }) => `${cpuNanocores / 1e6}m over ${windowMs / 1000}s`).join();
}

test.each<[string, Reading[], string]>([
  ['nothing was read', [], ''],
  ['young: since its start', [[20, 10]], '500m over 20s'],
  ['just started', [[0.5, 0.5]], ''],
  ['old: nobody knows when it used what', [[200, 10]], ''],
  ['old, read again too soon', [[200, 10], [200.5, 10]], ''],
  ['old, read twice', [[200, 10], [202, 11]], '500m over 2s'],
  ['the newest window of at least ten seconds', [[200, 10], [215, 11], [230, 14]], '200m over 15s'],
  ['read every second', [[200, 0], [205, 1], [209, 1], [211, 2], [212, 2]], '166.666667m over 12s'],
  ['read twice at once', [[200, 10], [215, 11], [215, 11]], '66.666667m over 15s'],
  ['started anew', [[200, 10], [215, 11], [230, 1, 220]], '100m over 10s'],
  ['counts backwards', [[200, 10], [215, 5]], ''],
])('%s', (_, readings, expected) => expect(told(readings)).toBe(expected));

test('a container that is gone is forgotten', () => {
  const history = new UsageHistory();
  history.add([sample([20, 10])]);
  history.add([]);
  expect(history.usages()).toEqual([]);
});
