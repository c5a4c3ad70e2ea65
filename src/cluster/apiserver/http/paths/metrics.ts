import { header, metricsContentType, sample, type Metrics } from '../../../../api/metrics';
import type { Handler, Reply } from '../exchange';
import type { HealthCheck } from './health';

/** What Prometheus scrapes. `checks`: by the path that runs them. */
export const metricsPaths = (metrics: Metrics, checks: Readonly<Record<string, readonly HealthCheck[]>>): Record<string, Handler> => ({
  '/metrics': () => reply(metrics.text()),
  '/metrics/slis': () => reply(healthText(checks)),
});

const reply = (text: string): Reply => ({ code: 200, contentType: metricsContentType, body: Buffer.from(text) });

/** Source: k8s.io/component-base/metrics/prometheus/slis. */
function healthText(checks: Readonly<Record<string, readonly HealthCheck[]>>): string {
  const name = 'kubernetes_healthcheck';
  const samples = Object.entries(checks).flatMap(([type, list]) =>
    list.map((check) => sample(name, ['name', 'type'], [check.name, type], check.check() === undefined ? 1 : 0)));
  return header(name, 'Whether a health check passes: 1, or fails: 0.', 'gauge') + samples.join('');
}
