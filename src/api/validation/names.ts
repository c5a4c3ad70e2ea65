import { inclusiveRange, maxLength, nonEmpty, regexMessage } from './wording';

/** A rule returns what is wrong with a value, nothing when it is good. */
export type Rule<T = string> = (value: T) => string[];

/** A rule for metadata.name. `prefix`: the value is a generateName, to which characters will be added. */
export type NameRule = (name: string, prefix: boolean) => string[];

interface Format {
  format: string;
  message: string;
  examples: string[];
  /** In bytes. */
  max?: number;
}

const anchored = (format: string) => new RegExp(`^(?:${format})$`);

function formatRule({ format, message, examples, max = Infinity }: Format): Rule {
  const pattern = anchored(format);
  const mismatch = regexMessage(message, format, ...examples);
  return (value) => {
    const fits = pattern.test(value);
    // What the pattern lets through is ASCII.
    if (fits && value.length <= max) return [];
    return [...(Buffer.byteLength(value) > max ? [maxLength(max)] : []), ...(fits ? [] : [mismatch])];
  };
}

const alphanumericEnds = 'and must start and end with an alphanumeric character';
const lowerLabel = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const lowerLabelOrUnderscore = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomain = `${lowerLabel}(\\.${lowerLabel})*`;
const qualifiedName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

export const isDNS1123Subdomain = formatRule({
  format: subdomain,
  message: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${alphanumericEnds}`,
  examples: ['example.com'],
  max: 253,
});

const lowercaseLabel = formatRule({
  format: lowerLabel,
  message: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${alphanumericEnds}`,
  examples: ['my-name', '123-abc'],
});
const subdomainPattern = anchored(subdomain);

export const isDNS1123Label: Rule = (value) => {
  const mismatch = lowercaseLabel(value);
  return [
    ...(Buffer.byteLength(value) > 63 ? [maxLength(63)] : []),
    ...(mismatch.length && subdomainPattern.test(value) ? ['must not contain dots'] : mismatch),
  ];
};

const underscorePattern = anchored(`${lowerLabelOrUnderscore}(\\.${lowerLabelOrUnderscore})*`);

export const isDNS1123SubdomainWithUnderscore: Rule = (value) => [
  ...(value.length > 253 ? [maxLength(253)] : []),
  ...(underscorePattern.test(value) ? [] : [regexMessage(
    `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', ${alphanumericEnds}`,
    subdomain, 'example.com')]),
];

export const isDNS1035Label = formatRule({
  format: '[a-z]([-a-z0-9]*[a-z0-9])?',
  message: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, "
    + 'and end with an alphanumeric character',
  examples: ['my-name', 'abc-123'],
  max: 63,
});

export const isWildcardDNS1123Subdomain = formatRule({
  format: `\\*\\.${subdomain}`,
  message: "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, "
    + "which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  examples: ['*.example.com'],
  max: 253,
});

const qualifiedNameMessage = regexMessage(
  `must consist of alphanumeric characters, '-', '_' or '.', ${alphanumericEnds}`, qualifiedName, 'MyName', 'my.name', '123-abc');
const qualifiedNamePattern = anchored(qualifiedName);

function namePart(name: string): string[] {
  if (name.length <= 63 && qualifiedNamePattern.test(name)) return [];
  const length = Buffer.byteLength(name);
  return [
    ...(length === 0 ? [nonEmpty] : length > 63 ? [maxLength(63)] : []),
    ...(qualifiedNamePattern.test(name) ? [] : [qualifiedNameMessage]),
  ].map((message) => `name part ${message}`);
}

/** `name` or `example.com/name`: label and annotation keys, finalizers, resource names. */
export const isQualifiedName: Rule = (value) => {
  if (!value.includes('/')) return namePart(value);
  const parts = value.split('/');
  if (parts.length > 2) {
    return [`a qualified name ${qualifiedNameMessage} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const prefix = parts[0] ? isDNS1123Subdomain(parts[0]) : [nonEmpty];
  return [...prefix.map((message) => `prefix part ${message}`), ...namePart(parts[1]!)];
};

export const isLabelValue = formatRule({
  format: `(${qualifiedName})?`,
  message: `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${alphanumericEnds}`,
  examples: ['MyValue', 'my_value', '12345'],
  max: 63,
});

export const isCIdentifier = formatRule({
  format: '[A-Za-z_][A-Za-z0-9_]*',
  message: "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  examples: ['my_name', 'MY_NAME', 'MyName'],
});

export const isPercent = formatRule({
  format: '[0-9]+%',
  message: "a valid percent string must be a numeric string followed by an ending '%'",
  examples: ['1%', '93%'],
});

export const isConditionReason = formatRule({
  format: '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?',
  message: "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'",
  examples: ['my_name', 'MY_NAME', 'MyName', 'ReasonA,ReasonB', 'ReasonA:ReasonB'],
});

export const isHTTPHeaderName = formatRule({
  format: '[-A-Za-z0-9]+',
  message: "a valid HTTP header must consist of alphanumeric characters or '-'",
  examples: ['X-Header-Name'],
});

const configMapKey = formatRule({
  format: '[-._a-zA-Z0-9]+',
  message: "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  examples: ['key.name', 'KEY_NAME', 'key-name'],
  max: 253,
});

function directoryPrefix(value: string): string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** A key of a ConfigMap's or Secret's data. */
export const isConfigMapKey: Rule = (value) => [...configMapKey(value), ...directoryPrefix(value)];

/** 1.33's relaxed rule: any printable ASCII but `=`. */
export const isEnvVarName: Rule = (value) => [
  ...(value ? [] : [`environment variable name ${nonEmpty}`]),
  ...(/^[ -<>-~]*$/.test(value) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]),
];

const strictEnvVarName = formatRule({
  format: '[-._a-zA-Z][-._a-zA-Z0-9]*',
  message: "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
  examples: ['my.env-name', 'MY_ENV.NAME', 'MyEnvName1'],
});

/** The rule that kubectl itself still applies (`set env`, `run --env`). */
export const isStrictEnvVarName: Rule = (value) => [...strictEnvVarName(value), ...directoryPrefix(value)];

export const isInRange = (value: number, low: number, high: number): string[] =>
  value >= low && value <= high ? [] : [inclusiveRange(low, high)];

export const isPortNum: Rule<number> = (port) => isInRange(port, 1, 65535);
export const isUserID: Rule<number> = (id) => isInRange(id, 0, 2 ** 31 - 1);
export const isGroupID: Rule<number> = (id) => isInRange(id, 0, 2 ** 31 - 1);

const portNameChecks: [(name: string) => boolean, string][] = [
  [(name) => Buffer.byteLength(name) > 15, maxLength(15)],
  [(name) => !/^[-a-z0-9]+$/.test(name), 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
  [(name) => !/[a-z]/.test(name), 'must contain at least one letter (a-z)'],
  [(name) => name.includes('--'), 'must not contain consecutive hyphens'],
  [(name) => /^-|-$/.test(name), 'must not begin or end with a hyphen'],
];

/** IANA service name: the name of a container's or service's port. */
export const isPortName: Rule = (name) => portNameChecks.filter(([wrong]) => wrong(name)).map(([, message]) => message);

/** A generateName may end in a dash, since more will follow (and upstream drops the character before it in checking). */
const maskTrailingDash = (name: string) => (name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name);

const nameRule = (rule: Rule): NameRule => (name, prefix) => rule(prefix ? maskTrailingDash(name) : name);

export const nameIsDNSSubdomain = nameRule(isDNS1123Subdomain);
export const nameIsDNSLabel = nameRule(isDNS1123Label);
export const nameIsDNS1035Label = nameRule(isDNS1035Label);

/** A name that only must fit into a URL path, as roles have it. Source: pkg/api/validation/path. */
export const nameIsPathSegment: NameRule = (name, prefix) => [
  ...(!prefix && (name === '.' || name === '..') ? [`may not be '${name}'`] : []),
  ...['/', '%'].filter((char) => name.includes(char)).map((char) => `may not contain '${char}'`),
];
