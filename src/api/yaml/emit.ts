export function toYaml(value: unknown): string {
  return JSON.stringify(value);
}
