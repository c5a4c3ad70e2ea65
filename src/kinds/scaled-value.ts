/** A count, or a percentage of `total`; the caller says how to round. After intstr.GetScaledValueFromIntOrPercent. */
export function scaledValue(value: number | string | undefined, total: number, round: (value: number) => number): number {
  if (value === undefined) return 0;
  const percent = typeof value === 'string' && /^([0-9]+)%$/.exec(value)?.[1];
  return percent ? round((Number(percent) * total) / 100) : Number(value) || 0;
}
