import type { LabelSelector } from '../meta';
import { quote } from '../go/quote';

/** A bad value whose text is known better than its JSON: Go's `%#v` of a struct, a Stringer's own form. */
export class ShownAs {
  constructor(readonly text: string) {}
}

const list = (values: unknown[]) =>
  values.every((value) => typeof value === 'string')
    ? `[]string{${(values as string[]).map(quote).join(', ')}}`
    : JSON.stringify(values);

/** A bad value as field.Error prints it. Objects of unknown Go type come as JSON. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (value instanceof ShownAs) return value.text;
  if (Array.isArray(value)) return list(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const stringMap = (map: Record<string, string> | undefined) =>
  map
    ? `map[string]string{${Object.keys(map).sort().map((name) => `${quote(name)}:${quote(map[name]!)}`).join(', ')}}`
    : 'map[string]string(nil)';

/** A label selector in `%#v`, as `spec.selector: Invalid value: v1.LabelSelector{…}: field is immutable` shows it. */
export function showLabelSelector(selector: LabelSelector): ShownAs {
  const expressions = selector.matchExpressions?.map(({ key, operator, values }) =>
    `v1.LabelSelectorRequirement{Key:${quote(key)}, Operator:${quote(operator)}, Values:${values ? list(values) : '[]string(nil)'}}`);
  return new ShownAs(`v1.LabelSelector{MatchLabels:${stringMap(selector.matchLabels)}, `
    + `MatchExpressions:[]v1.LabelSelectorRequirement${expressions ? `{${expressions.join(', ')}}` : '(nil)'}}`);
}
