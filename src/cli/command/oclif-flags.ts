import { boolean, string } from '@oclif/core/flags';
import type { BooleanFlag, OptionFlag } from '@oclif/core/interfaces';
import { toValue, unshield } from '../argv/normalise';
import { defaultValue, type FlagSpec, type FlagTable } from '../flags/spec';

type OclifFlag = BooleanFlag<unknown> | OptionFlag<unknown>;

/** A flag table as oclif's flag definitions, which expect an argv that went through the normaliser. */
export function oclifFlags(table: FlagTable): Record<string, OclifFlag> {
  return Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, oclifFlag(spec)]));
}

function oclifFlag(spec: FlagSpec): OclifFlag {
  const common = { summary: spec.help, ...(spec.short && { char: spec.short as 'a' }), ...(spec.hidden && { hidden: true }) };
  const value = defaultValue(spec);
  if (spec.type === 'bool') return boolean({ ...common, allowNo: true, default: value === true });
  if (Array.isArray(value)) return string({ ...common, multiple: true, default: value, parse: async (text) => unshield(text) }) as OclifFlag;
  return string({ ...common, default: value as string, parse: async (text) => toValue(spec, unshield(text)) as string }) as OclifFlag;
}
