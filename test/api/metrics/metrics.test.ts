import { Counter, exponentialBounds, Gauge, Histogram, Metrics, Observed } from '../../../src/api/metrics';

test('prints counters, gauges and what is observed, sorted by label values', () => {
  const metrics = new Metrics();
  const requests = metrics.add(new Counter({ name: 'requests_total', help: 'Requests,\nby verb.', labels: ['verb', 'code'] }));
  requests.add(['LIST', '200']);
  requests.add(['GET', '200'], 2);
  requests.add(['LIST', '200']);
  const open = metrics.add(new Gauge({ name: 'open', help: 'h' }));
  open.add();
  open.add([], -3);
  metrics.add(new Observed({ name: 'objects', help: 'h', labels: ['resource'], type: 'gauge' }, () => [[['a"b\\c\nd'], 1.5]]));
  expect(metrics.text()).toBe(`# HELP requests_total Requests,\\nby verb.
# TYPE requests_total counter
requests_total{verb="GET",code="200"} 2
requests_total{verb="LIST",code="200"} 2
# HELP open h
# TYPE open gauge
open -2
# HELP objects h
# TYPE objects gauge
objects{resource="a\\"b\\\\c\\nd"} 1.5
`);
});

test('counts what is at most each bound', () => {
  const histogram = new Histogram({ name: 'seconds', help: 'h', labels: ['verb'] }, [0.1, 1]);
  for (const value of [0.1, 0.5, 7]) histogram.observe(['GET'], value);
  expect(histogram.text().split('\n').slice(2)).toEqual([
    'seconds_bucket{verb="GET",le="0.1"} 1', 'seconds_bucket{verb="GET",le="1"} 2', 'seconds_bucket{verb="GET",le="+Inf"} 3',
    'seconds_sum{verb="GET"} 7.6', 'seconds_count{verb="GET"} 3', '',
  ]);
});

test('refuses values that do not fit the labels', () => {
  expect(() => new Counter({ name: 'c', help: 'h', labels: ['a'] }).add(['1', '2'])).toThrow('2 values for the labels a');
});

test('bounds that grow', () => {
  expect(exponentialBounds(1000, 10, 3)).toEqual([1000, 10_000, 100_000]);
});
