import { FlowControl } from '../../../../src/cluster/apiserver/http/flow-control';
import { TestClock } from '../support/registry';

const limits = { readOnlyMax: 2, mutatingMax: 1, waitingOfOneMax: 3, waitingMax: 5 };

function crowd() {
  const clock = new TestClock();
  const flow = new FlowControl(clock, limits);
  const log: string[] = [];
  const releases: (() => void)[] = [];
  const enter = (user: string, verb = 'get') => void (async () => {
    const release = await flow.enter(user, verb);
    log.push(`${user} ${release ? 'in' : 'refused'}`);
    if (release) releases.push(release);
  })();
  const leave = async () => {
    releases.shift()!();
    await settled();
  };
  return { clock, flow, log, enter, leave };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('lets in as many as there are places, and the others as those leave', async () => {
  const { enter, leave, log, flow } = crowd();
  for (const user of ['a', 'a', 'a', 'a']) enter(user);
  await settled();
  expect(log).toEqual(['a in', 'a in']);
  expect(flow.counts()).toEqual([{ kind: 'mutating', executing: 0, waiting: 0 }, { kind: 'readOnly', executing: 2, waiting: 2 }]);
  await leave();
  expect(log).toEqual(['a in', 'a in', 'a in']);
});

test('reads do not wait for writes, nor writes for reads', async () => {
  const { enter, log } = crowd();
  for (const verb of ['create', 'list', 'patch', 'watch']) enter(verb, verb);
  await settled();
  expect(log.sort()).toEqual(['create in', 'list in', 'watch in']);
});

test('users take turns, however many requests one of them has', async () => {
  const { enter, leave, log } = crowd();
  for (const user of ['flood', 'flood', 'flood', 'flood', 'flood', 'calm']) enter(user);
  await settled();
  log.length = 0;
  for (let n = 0; n < 3; n++) await leave();
  expect(log).toEqual(['flood in', 'calm in', 'flood in']);
});

test('refuses what would have to wait too long in line, or too long in time', async () => {
  const { enter, log, clock, flow, leave } = crowd();
  for (let n = 0; n < 6; n++) enter('a');
  for (const user of ['b', 'c', 'd']) enter(user);
  await settled();
  expect(log).toEqual(['a in', 'a in', 'a refused', 'd refused']);
  clock.advance(15_000);
  await settled();
  expect(log.filter((line) => line.endsWith('refused'))).toHaveLength(7);
  expect(flow.counts()[1]).toEqual({ kind: 'readOnly', executing: 2, waiting: 0 });
  await leave();
  enter('e');
  await settled();
  expect(log.at(-1)).toBe('e in');
});

test('a place that is given back twice is still one place', async () => {
  const flow = new FlowControl(new TestClock(), limits);
  const release = (await flow.enter('a', 'create'))!;
  release();
  release();
  expect(flow.counts()[0]).toEqual({ kind: 'mutating', executing: 0, waiting: 0 });
  void flow.enter('a', 'create');
  expect(flow.enter('a', 'create')).toBeInstanceOf(Promise);
});
