/** About ten milliseconds of parsing. */
const sliceSize = 500;

/** Maps a long list so that others get their turn between the parts of it; a short one without a pause. */
export async function inSlices<T, R>(items: readonly T[], map: (item: T) => R): Promise<R[]> {
  const mapped: R[] = [];
  for (const item of items) {
    if (mapped.length > 0 && mapped.length % sliceSize === 0) await new Promise(setImmediate);
    mapped.push(map(item));
  }
  return mapped;
}
