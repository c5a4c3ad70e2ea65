import type { Random } from '../../src/api/clock';

/** The same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seeds of a run: SEED=42 is that one again, SEEDS=5000 more than usual, FROM=5001 others than the first. */
export function seedsOf(usual: number): number[] {
  const { SEED, SEEDS, FROM } = process.env;
  if (SEED) return [Number(SEED)];
  return Array.from({ length: Number(SEEDS ?? usual) }, (_, at) => Number(FROM ?? 1) + at);
}

/** How long a run may take on a machine that has much else to do. */
export const patienceMs = (seeds = Number(process.env.SEEDS ?? 0)): number => 120_000 + seeds * 5000;

/** What went wrong in lives by these seeds, a line a seed. */
export async function troubles(seeds: readonly number[], live: (seed: number) => Promise<readonly string[]>): Promise<string[]> {
  const failures: string[] = [];
  for (const seed of seeds) {
    const trouble = await live(seed);
    if (trouble.length > 0) failures.push(`seed ${seed}: ${[...new Set(trouble)].slice(0, 5).join('; ')}`);
  }
  return failures;
}
