import { conditions, controllerName, groupName, hostname, kindName, localReference, namespaceName, objectName, port, preciseHostname, sectionName } from './names';
import { age, customResource, integer, list, object, oneOf, text, type Rule, type Schema } from './schema';

const headerName = text({ min: 1, max: 256, pattern: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$" });
const valueMatch = (valueMax: number) => list(
  object({ name: headerName, type: oneOf(['Exact', 'RegularExpression'], 'Exact'), value: text({ min: 1, max: valueMax }) }, { required: 'name value' }),
  { max: 16, keys: ['name'] },
);

/** Of paths that are no patterns. */
const plain = "(self.type in ['Exact','PathPrefix'])";
const plainNever = (what: string, how: string): Rule => [`must not ${what} when type one of ['Exact', 'PathPrefix']`, `${plain} ? !self.value.${how} : true`];
const pathCharacters = "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$";

const path = object({ type: oneOf(['Exact', 'PathPrefix', 'RegularExpression'], 'PathPrefix'), value: text({ max: 1024, default: '/' }) }, {
  default: { type: 'PathPrefix', value: '/' },
  rules: [
    ["value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']", `${plain} ? self.value.startsWith('/') : true`],
    ...['//', '/./', '/../', '%2f', '%2F', '#'].map((part) => plainNever(`contain '${part}'`, `contains('${part}')`)),
    ...['/..', '/.'].map((part) => plainNever(`end with '${part}'`, `endsWith('${part}')`)),
    [`must only contain valid characters (matching ${pathCharacters}) for types ['Exact', 'PathPrefix']`, `${plain} ? self.value.matches(r"""${pathCharacters}""") : true`],
  ],
});

const match = object({
  path, headers: valueMatch(4096), queryParams: valueMatch(1024),
  method: oneOf(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']),
});

const headerValues = list(object({ name: headerName, value: text({ min: 1, max: 4096 }) }, { required: 'name value' }), { max: 16, keys: ['name'] });
const headerEdits = object({ set: headerValues, add: headerValues, remove: list(text(), { max: 16, kind: 'set' }) });

const pathModifier = object({ type: oneOf(['ReplaceFullPath', 'ReplacePrefixMatch']), replaceFullPath: text({ max: 1024 }), replacePrefixMatch: text({ max: 1024 }) }, {
  required: 'type',
  rules: [['ReplaceFullPath', 'replaceFullPath'], ['ReplacePrefixMatch', 'replacePrefixMatch']].flatMap(([type, field]): Rule[] => [
    [`${field} must be specified when type is set to '${type}'`, `self.type == '${type}' ? has(self.${field}) : true`],
    [`type must be '${type}' when ${field} is set`, `has(self.${field}) ? self.type == '${type}' : true`],
  ]),
});

const reference = { group: groupName(''), kind: kindName('Service'), name: objectName, namespace: namespaceName, port };
const needsPort: Rule = ['Must have port for Service reference', "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true"];

const mirror = object({
  backendRef: object(reference, { required: 'name', rules: [needsPort] }),
  percent: integer(0, 100),
  fraction: object({ numerator: integer(0), denominator: integer(1, undefined, 100) }, {
    required: 'numerator', rules: [['numerator must be less than or equal to denominator', 'self.numerator <= self.denominator']],
  }),
}, { required: 'backendRef', rules: [['Only one of percent or fraction may be specified in HTTPRequestMirrorFilter', '!(has(self.percent) && has(self.fraction))']] });

const redirect = object({
  scheme: oneOf(['http', 'https']), hostname: preciseHostname, path: pathModifier, port,
  statusCode: { type: 'integer', enum: [301, 302], default: 302 },
});

/** Field of each type of filter. */
const filterFields: Readonly<Record<string, Schema>> = {
  requestHeaderModifier: headerEdits, responseHeaderModifier: headerEdits, requestMirror: mirror, requestRedirect: redirect,
  urlRewrite: object({ hostname: preciseHostname, path: pathModifier }), extensionRef: localReference,
};
const typeOf = (field: string) => (field === 'urlRewrite' ? 'URLRewrite' : field[0]!.toUpperCase() + field.slice(1));

const filter = object({ type: oneOf(Object.keys(filterFields).map(typeOf)), ...filterFields }, {
  required: 'type',
  rules: Object.keys(filterFields).flatMap((field): Rule[] => [
    [`filter.${field} must be nil if the filter.type is not ${typeOf(field)}`, `!(has(self.${field}) && self.type != '${typeOf(field)}')`],
    [`filter.${field} must be specified for ${typeOf(field)} filter.type`, `!(!has(self.${field}) && self.type == '${typeOf(field)}')`],
  ]),
});

const notTwice = (...types: string[]): Rule[] => types.map((type) => [`${type} filter cannot be repeated`, `self.filter(f, f.type == '${type}').size() <= 1`]);

const filters = list(filter, {
  max: 16,
  rules: [
    ['May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both', "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))"],
    ...notTwice('RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite'),
  ],
});

const backend = object({ ...reference, weight: integer(0, 1_000_000, 1), filters }, { required: 'name', rules: [needsPort] });

const duration = text({ pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$' });

/** A prefix can be replaced only where there is one. */
const onePrefix = (filterType: string, field: string): Rule => [
  `When using ${filterType} filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified`,
  `(has(self.filters) && self.filters.exists_one(f, has(f.${field}) && has(f.${field}.path) && f.${field}.path.type == 'ReplacePrefixMatch' && has(f.${field}.path.replacePrefixMatch))) ? `
  + "((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true",
];

const rootMatch = [{ path: { type: 'PathPrefix', value: '/' } }];

const rule = object({
  matches: list(match, { max: 64, default: rootMatch }),
  filters, backendRefs: list(backend, { max: 16 }),
  timeouts: object({ request: duration, backendRequest: duration }, {
    rules: [['backendRequest timeout cannot be longer than request timeout',
      "!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && duration(self.backendRequest) > duration(self.request))"]],
  }),
}, {
  rules: [
    ['RequestRedirect filter must not be used together with backendRefs', '(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true'],
    onePrefix('RequestRedirect', 'requestRedirect'), onePrefix('URLRewrite', 'urlRewrite'),
  ],
});

const parent = {
  group: groupName('gateway.networking.k8s.io'), kind: kindName('Gateway'), namespace: namespaceName, name: objectName, sectionName, port,
};
const parentRef = object(parent, { required: 'name' });

export const httpRoutes = customResource({
  kind: 'HTTPRoute', plural: 'httproutes', scope: 'Namespaced', versions: ['v1', 'v1beta1'], hasStatus: true, specIsRequired: true,
  columns: [{ name: 'Hostnames', type: 'string', jsonPath: '.spec.hostnames' }, age],
  spec: object({
    parentRefs: list(parentRef, { max: 32 }),
    hostnames: list(hostname, { max: 16 }),
    rules: list(rule, { max: 16, default: [{ matches: rootMatch }] }),
  }),
  status: object({
    parents: list(object({ parentRef, controllerName, conditions: conditions(undefined, 1) }, { required: 'controllerName parentRef' }), { max: 32 }),
  }, { required: 'parents' }),
});
