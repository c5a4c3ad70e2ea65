export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

/** Wall milliseconds of a call. */
export function timed(call) {
  const start = nowMs();
  call();
  return nowMs() - start;
}

/** Runs a and b in turn and returns the median of a/b pair by pair: drift of the machine hits both alike. */
export function pairedRatio(a, b, { runs, warmup }) {
  for (let i = 0; i < warmup; i++) {
    a();
    b();
  }
  const pairs = Array.from({ length: runs }, () => [timed(a), timed(b)]);
  return { ratio: median(pairs.map(([x, y]) => x / y)), aMs: median(pairs.map(([x]) => x)), bMs: median(pairs.map(([, y]) => y)) };
}
