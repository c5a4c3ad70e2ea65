import { isReason } from '../../../api/errors';
import { groupVersion } from '../../../api/meta';
import type { GroupVersionResource } from '../../../api/meta';
import type { RestClient } from '../../../client/http';
import { noResourceMatch } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { programName } from '../../program';
import type { Session } from '../../session';
import type { explainFlags } from './flags';
import type { Document } from './document';
import type { DocumentV2 } from './openapi-v2/schema';
import { parseTarget } from './target';

const olderFormat = 'plaintext-openapiv2';
const formats = ['plaintext', olderFormat];

type ExplainInput = Input<typeof explainFlags & GlobalFlags>;

/** Documents a resource or one of its fields from the server's OpenAPI. After k8s.io/kubectl/pkg/cmd/explain. */
export async function explain(session: Session, input: ExplainInput): Promise<void> {
  const { flags, args } = input;
  if (!args.length) throw new Error(`You must specify the type of resource to explain. Use "${programName} api-resources" for a complete list of supported resources.\n`);
  if (args.length > 1) throw new Error('We accept only this format: explain RESOURCE\n');
  const { resource, fields } = parseTarget(args[0]!, await session.discovery().then((discovery) => discovery.snapshot()), flags['api-version'] === '')
    ?? parseTarget(args[0]!, await session.discovery().then((discovery) => discovery.refresh()), flags['api-version'] === '')
    ?? missing(args[0]!);
  const gvr = { ...resource, ...versionOf(flags['api-version']) };
  const client = await session.client();
  const index = flags.output === olderFormat ? undefined : await fetchIndex(client);
  if (!index && formats.includes(flags.output)) return explainFromV2(session, client, resource, { ...input, gvr, fields });
  const document = await fetchDocument(client, index ?? {}, gvr);
  if (!formats.includes(flags.output)) throw new Error(`unrecognized format: ${flags.output}`);
  const { renderPlaintext } = await import('./plaintext');
  renderPlaintext(document, gvr, fields, flags.recursive, session.streams.out);
}

function missing(argument: string): never {
  throw noResourceMatch(argument.split(/[.[]/)[0]!);
}

function versionOf(text: string): Partial<GroupVersionResource> {
  if (!text) return {};
  const parts = text.split('/');
  if (parts.length > 2) throw new Error(`unexpected GroupVersion string: ${text}`);
  return parts.length === 2 ? { group: parts[0]!, version: parts[1]! } : { group: '', version: parts[0]! };
}

type Index = Record<string, { serverRelativeURL: string } | undefined>;

/** Undefined where a server has no OpenAPI v3. */
async function fetchIndex(client: RestClient): Promise<Index | undefined> {
  try {
    return (await client.request<{ paths: Index }>({ path: '/openapi/v3' })).paths;
  } catch (error) {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  }
}

async function fetchDocument(client: RestClient, index: Index, gvr: GroupVersionResource): Promise<Document> {
  const entry = index[`${gvr.group ? 'apis' : 'api'}/${groupVersion(gvr)}`];
  if (!entry) throw new Error(`couldn't find resource for "${gvr.group}/${gvr.version}, Resource=${gvr.resource}"`);
  return client.request<Document>({ path: entry.serverRelativeURL });
}

/** The resource's kind counts as that of the version that was asked for. */
async function explainFromV2(session: Session, client: RestClient, found: GroupVersionResource, { flags, gvr, fields }: Pick<ExplainInput, 'flags'> & { gvr: GroupVersionResource; fields: readonly string[] }): Promise<void> {
  const { resources } = await session.discovery().then((discovery) => discovery.snapshot());
  const { kind } = resources.find(({ group, version, plural }) => group === found.group && version === found.version && plural === found.resource)!;
  const document = await client.request<DocumentV2>({ path: '/openapi/v2' });
  const { renderOpenApiV2 } = await import('./openapi-v2/render');
  session.streams.out.write(renderOpenApiV2(document, { group: gvr.group, version: gvr.version, kind }, fields, flags.recursive));
}
