import { nodes } from '../support/resources';
import { row } from '../support/row';

row('[sig-architecture] Conformance Tests should have at least two untainted nodes', async (t) => {
  await t.eventually(async () => {
    const { items } = await t.api(nodes).list();
    const ready = items.filter(({ spec, status }) => !spec?.unschedulable && !spec?.taints?.length
      && status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'));
    return ready.length >= 2;
  });
});
