import { createMemoryStore } from '../../../src/cluster/store';
import { storeContract } from './contract';

storeContract('the memory store', async (history) => createMemoryStore({ ...(history && { history }) }));

test('a write is visible before its promise is handed out', () => {
  const store = createMemoryStore();
  void store.create('/a/1', () => ({ metadata: { name: '1' } }));
  expect(store.get('/a/1')?.revision).toBe(2);
});
