import { ApiError } from '../../../api/errors';
import { hasTypeSchema } from '../../../api/schema';

export type Format = 'json' | 'yaml' | 'protobuf';

export type Transform = 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';

export interface Negotiated {
  readonly format: Format;
  /** The transformation asked for with `;as=`. */
  readonly as?: Transform;
  /** The Content-Type of the answer. */
  readonly contentType: string;
}

export const mediaTypes: Record<Format, string> = {
  json: 'application/json',
  yaml: 'application/yaml',
  protobuf: 'application/vnd.kubernetes.protobuf',
};

const formats: Record<string, Format> = {
  'application/json': 'json', 'application/yaml': 'yaml', 'application/vnd.kubernetes.protobuf': 'protobuf', '*/*': 'json', 'application/*': 'json',
};
const metadataOnly: readonly Transform[] = ['PartialObjectMetadata', 'PartialObjectMetadataList'];
const all: readonly Transform[] = ['Table', ...metadataOnly];
const accepted = Object.values(mediaTypes);

export const asJson: Negotiated = { format: 'json', contentType: mediaTypes.json };

export interface Clause {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The clauses of an Accept header, the client's favourite first. */
export function parseAccept(header: string): Clause[] {
  return header.split(',').filter((text) => text.trim()).map(parseClause)
    .map((clause, at) => ({ clause, at, quality: Number(clause.parameters.get('q') ?? 1) }))
    .sort((a, b) => b.quality - a.quality || a.at - b.at)
    .map(({ clause }) => clause);
}

function parseClause(text: string): Clause {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const pairs = parameters.map((parameter): [string, string] => {
    const at = parameter.indexOf('=');
    return at < 0 ? [parameter, ''] : [parameter.slice(0, at), parameter.slice(at + 1).replace(/^"|"$/g, '')];
  });
  return { type: type.toLowerCase(), parameters: new Map(pairs) };
}

/** The forms that the objects of an answer have. */
export interface Offer {
  readonly transforms: readonly Transform[];
  /** Whether the objects themselves have a protobuf form: custom resources have none, their metadata do. */
  readonly isTyped: boolean;
}

export const plainOffer: Offer = { transforms: [], isTyped: true };

/** Objects that are only answered, never kept, have no table. */
export const offerOf = ({ verbs, schema }: { verbs?: readonly string[]; schema: string }): Offer =>
  ({ transforms: !verbs || verbs.includes('get') ? all : metadataOnly, isTyped: hasTypeSchema(schema) });

/** Throws NotAcceptable. */
export function negotiate(header: string | undefined, { transforms, isTyped }: Offer): Negotiated {
  if (!header) return asJson;
  for (const { type, parameters } of parseAccept(header)) {
    const format = formats[type];
    const as = parameters.get('as');
    if (!format) continue;
    if (!as && format === 'protobuf' && !isTyped) continue;
    if (!as) return { format, contentType: mediaTypes[format] };
    const transform = transforms.find((name) => name === as);
    // Tables have no protobuf form.
    if (!transform || (transform === 'Table' && format === 'protobuf')) continue;
    if (parameters.get('g') !== 'meta.k8s.io' || !['v1', 'v1beta1'].includes(parameters.get('v') ?? '')) continue;
    return { format, as: transform, contentType: mediaTypes[format] };
  }
  throw notAcceptable(accepted);
}

/** What `negotiate` says, of a stream. Throws NotAcceptable for YAML, which has no form for streams. */
export function negotiateStream(header: string | undefined, offer: Offer): Negotiated {
  const form = negotiate(header, offer);
  if (form.format === 'yaml') throw notAcceptable([mediaTypes.json, mediaTypes.protobuf].map((type) => `${type};stream=watch`));
  return form;
}

const notAcceptable = (types: readonly string[]) => new ApiError('NotAcceptable', `only the following media types are accepted: ${types.join(', ')}`);

/** The format of a request's body. Throws UnsupportedMediaType. */
export function bodyFormat(contentType: string | undefined): Format {
  const type = contentType?.split(';')[0]!.trim().toLowerCase();
  const format = type ? formats[type] : 'json';
  if (!format || type?.includes('*')) throw unsupported(accepted);
  return format;
}

/** Wording: errUnsupportedMediaType. */
export const unsupported = (types: readonly string[]) =>
  new ApiError('UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`);
