import { podOf, podRunning, shell, untilTold } from '../support/pods';
import { endpoints, pods, services } from '../support/resources';
import { row } from '../support/row';

const count = 200;
/** The bounds that upstream's row has, in milliseconds. */
const bounds = { p50: 20_000, p99: 50_000 };

row('[sig-network] Service endpoints latency should not be very high', async (t) => {
  await t.api(pods).create(podOf('server', [shell('main', untilTold, { ports: [{ containerPort: 9376 }] })], {}, { app: 'latency' }));
  await podRunning(t, 'server');
  const watch = await t.api(endpoints).watch();
  const began = new Map<string, number>();
  const took: number[] = [];
  const one = async (at: number) => {
    const { metadata: { name } } = await t.api(services).create({ metadata: { name: `latency-${at}` }, spec: { selector: { app: 'latency' }, ports: [{ port: 80, targetPort: 9376, protocol: 'TCP' }] } });
    began.set(name, performance.now());
  };
  const seen = (async () => {
    const waiting = new Set(Array.from({ length: count }, (_, at) => `latency-${at}`));
    while (waiting.size > 0) {
      const { object } = await watch.until(({ object: { metadata } }) => waiting.has(metadata.name));
      if (!('subsets' in object) || !object.subsets?.some(({ addresses }) => addresses?.length)) continue;
      waiting.delete(object.metadata.name);
      took.push(performance.now() - (began.get(object.metadata.name) ?? performance.now()));
    }
  })();
  for (let at = 0; at < count; at += 10) await Promise.all(Array.from({ length: 10 }, (_, next) => one(at + next)));
  await seen;
  const sorted = took.sort((a, b) => a - b);
  expect(sorted[Math.floor(count * 0.5)]).toBeLessThan(bounds.p50);
  expect(sorted[Math.floor(count * 0.99)]).toBeLessThan(bounds.p99);
});
