import type { Unstructured } from '../../../../src/api/meta';
import { failure, testRegistry } from '../support/registry';
import { feeder } from './manifests';
import { establish, feeders, type World } from './support';

describe('server-side apply of custom resources', () => {
  let world: World;
  beforeEach(async () => {
    world = await testRegistry();
    await establish(world);
  });

  const apply = (fieldManager: string, spec: Record<string, unknown>) =>
    world.client.patch<Unstructured>(feeders, 'a', 'default', 'apply', feeder('a', spec), { fieldManager });

  test('merges the items of lists by the keys that the schema names', async () => {
    await apply('one', { schedule: '* * * * *', meals: [{ name: 'noon', grams: 1 }] });
    const { spec } = await apply('two', { meals: [{ name: 'night', grams: 2 }] });
    expect((spec as { meals: unknown }).meals).toEqual([{ name: 'noon', grams: 1 }, { name: 'night', grams: 2 }]);
    const { spec: after } = await apply('two', {});
    expect((after as { meals: unknown }).meals).toEqual([{ name: 'noon', grams: 1 }]);
  });

  test('names the conflicting field', async () => {
    await apply('one', { schedule: '* * * * *', meals: [{ name: 'noon', grams: 1 }] });
    expect(await failure(() => apply('two', { meals: [{ name: 'noon', grams: 2 }] })))
      .toBe('409 Conflict: Apply failed with 1 conflict: conflict with "one": .spec.meals[name="noon"].grams');
  });

  test('refuses a field that the schema does not know', async () => {
    expect(await failure(() => apply('one', { schedule: '* * * * *', colour: 'red' }))).toMatch(/\.spec\.colour: field not declared in schema/);
  });
});
