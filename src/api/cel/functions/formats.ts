import { parseRequestURI } from '../../go/url';
import { hasFormat } from '../../structural/formats';
import { isQualifiedName, isLabelValue, nameIsDNS1035Label, nameIsDNSLabel, nameIsDNSSubdomain } from '../../validation/names';
import { ArrayList, Opaque, Optional } from '../values/value';
import { matching } from './costs';
import { row, type Overload } from './row';

/** A named form that texts may have. */
interface Form {
  readonly name: string;
  problems(text: string): string[];
  /** Of the pattern that costs are reckoned by. */
  readonly patternLength: number;
}

class FormatValue extends Opaque {
  readonly typeName = 'kubernetes.NamedFormat';

  constructor(readonly form: Form) {
    super();
  }

  override equals(other: Opaque): boolean {
    return this.form === (other as FormatValue).form;
  }
}

const unless = (format: string, why: string) => (text: string) => (hasFormat(format, text) ? [] : [why]);

function uriProblems(text: string): string[] {
  try {
    parseRequestURI(text);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Source: ConstantFormats. */
const forms: Readonly<Record<string, Form>> = {
  dns1123Label: { name: 'DNS1123Label', problems: (text) => nameIsDNSLabel(text, false), patternLength: 30 },
  dns1123Subdomain: { name: 'DNS1123Subdomain', problems: (text) => nameIsDNSSubdomain(text, false), patternLength: 60 },
  dns1035Label: { name: 'DNS1035Label', problems: (text) => nameIsDNS1035Label(text, false), patternLength: 30 },
  qualifiedName: { name: 'QualifiedName', problems: isQualifiedName, patternLength: 60 },
  dns1123LabelPrefix: { name: 'DNS1123LabelPrefix', problems: (text) => nameIsDNSLabel(text, true), patternLength: 30 },
  dns1123SubdomainPrefix: { name: 'DNS1123SubdomainPrefix', problems: (text) => nameIsDNSSubdomain(text, true), patternLength: 60 },
  dns1035LabelPrefix: { name: 'DNS1035LabelPrefix', problems: (text) => nameIsDNS1035Label(text, true), patternLength: 30 },
  labelValue: { name: 'LabelValue', problems: isLabelValue, patternLength: 40 },
  uri: { name: 'URI', problems: uriProblems, patternLength: 1500 },
  uuid: { name: 'uuid', problems: unless('uuid', 'does not match the UUID format'), patternLength: 90 },
  byte: { name: 'byte', problems: unless('byte', 'invalid base64'), patternLength: 90 },
  date: { name: 'date', problems: unless('date', 'invalid date'), patternLength: 90 },
  datetime: { name: 'datetime', problems: unless('datetime', 'invalid datetime'), patternLength: 90 },
};

const type = 'kubernetes.NamedFormat';

function validate({ form }: FormatValue, text: string): Optional {
  const problems = form.problems(text);
  return problems.length ? new Optional(new ArrayList(problems)) : Optional.none;
}

/** Source: k8s.io/apiserver/pkg/cel/library/format.go. */
export const formats: readonly Overload[] = [
  row(`format.named(string) optional(${type})`, (name: string) => (Object.hasOwn(forms, name) ? new Optional(new FormatValue(forms[name]!)) : Optional.none)),
  row(`(${type}).validate(string) optional(list(string))`, validate, ([format, text]) => matching(text!, (format as FormatValue).form.patternLength)),
  ...Object.entries(forms).map(([name, form]) => row(`format.${name}() ${type}`, () => new FormatValue(form))),
];
