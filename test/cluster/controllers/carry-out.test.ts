import { ApiError } from '../../../src/api/errors';
import type { ConfigMap } from '../../../src/api/generated/core.v1';
import { FakeClient, type FakeRequest } from '../../../src/client/fake';
import { carryOut } from '../../../src/cluster/controllers/carry-out';
import { OwnWrites } from '../../../src/cluster/controllers/own-writes';
import { create, event, remove, type Action } from '../../../src/kinds/actions';
import { configMaps } from '../../../src/kinds/resources';
import { seededRandom } from '../../simulation/random';
import { VirtualClock } from '../../simulation/virtual-clock';

const configMap = (name: string): ConfigMap => ({ metadata: { name, namespace: 'default' } });

describe('carrying actions out', () => {
  let requests: string[];
  let refuse: (request: FakeRequest) => boolean;
  const run = (actions: Action[]) => {
    const client = new FakeClient({ clock: new VirtualClock(), random: seededRandom(1), before: (request) => {
      requests.push(`${request.verb} ${request.name}`);
      if (refuse(request)) throw new ApiError('Forbidden', `${request.name} is forbidden`);
    } });
    const recorder = { record: ({ message }: { message: string }) => requests.push(message), idle: () => Promise.resolve() };
    return carryOut(actions, { client, recorder, writes: new OwnWrites() });
  };

  beforeEach(() => {
    requests = [];
    refuse = () => false;
  });

  it('goes in order, with what follows from each', async () => {
    await run([
      create(configMaps, configMap('a'), { succeeded: ({ metadata }) => [event(configMaps, configMap('a'), 'Normal', 'Made', `made ${metadata.name}`)] }),
      remove(configMaps, configMap('a'), {}, { succeeded: () => [event(configMaps, configMap('a'), 'Normal', 'Gone', 'gone')] }),
    ]);
    expect(requests).toEqual(['create a', 'made a', 'delete a', 'gone']);
  });

  it('stops at a failure, after what is to be done about it', async () => {
    refuse = ({ name }) => name === 'a';
    const actions = [create(configMaps, configMap('a'), { failed: ({ message }) => [event(configMaps, configMap('a'), 'Warning', 'Failed', message)] }), create(configMaps, configMap('b'))];
    await expect(run(actions)).rejects.toThrow('a is forbidden');
    expect(requests).toEqual(['create a', 'a is forbidden']);
  });

  it('goes on over a failure that is tolerated, but says nothing', async () => {
    refuse = ({ name }) => name === 'a';
    await run([create(configMaps, configMap('a'), { tolerates: () => true, failed: () => [event(configMaps, configMap('a'), 'Warning', 'Failed', 'failed')] }), create(configMaps, configMap('b'))]);
    expect(requests).toEqual(['create a', 'create b']);
  });

  it('does not mind deleting what is gone', async () => {
    await run([remove(configMaps, configMap('a'), {}, { succeeded: () => [event(configMaps, configMap('a'), 'Normal', 'Gone', 'gone')] })]);
    expect(requests).toEqual(['delete a']);
  });

  it('starts a batch slowly and ends it at the first failure', async () => {
    refuse = ({ name }) => name === 'c2';
    const batch: Action = { type: 'batch', actions: Array.from({ length: 10 }, (_, at) => create(configMaps, configMap(`c${at}`))) };
    await expect(run([batch])).rejects.toThrow('c2 is forbidden');
    expect(requests).toEqual(['create c0', 'create c1', 'create c2']);
  });
});
