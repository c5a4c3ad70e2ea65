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
import { parseTarget } from './target';

const formats = ['plaintext', 'plaintext-openapiv2'];

/** Documents a resource or one of its fields from the server's OpenAPI. After k8s.io/kubectl/pkg/cmd/explain. */
export async function explain(session: Session, { flags, args }: Input<typeof explainFlags & GlobalFlags>): Promise<void> {
  if (!args.length) throw new Error(`You must specify the type of resource to explain. Use "${programName} api-resources" for a complete list of supported resources.\n`);
  if (args.length > 1) throw new Error('We accept only this format: explain RESOURCE\n');
  const { resource, fields } = parseTarget(args[0]!, await session.discovery().then((discovery) => discovery.snapshot()), flags['api-version'] === '')
    ?? parseTarget(args[0]!, await session.discovery().then((discovery) => discovery.refresh()), flags['api-version'] === '')
    ?? missing(args[0]!);
  if (flags.output === 'plaintext-openapiv2') throw new Error('--output=plaintext-openapiv2 is not supported; the default, plaintext, shows the same from OpenAPI v3');
  const gvr = { ...resource, ...versionOf(flags['api-version']) };
  const document = await fetchDocument(await session.client(), gvr);
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

async function fetchDocument(client: RestClient, gvr: GroupVersionResource): Promise<Document> {
  const { paths } = await client.request<{ paths: Record<string, { serverRelativeURL: string }> }>({ path: '/openapi/v3' });
  const entry = paths[`${gvr.group ? 'apis' : 'api'}/${groupVersion(gvr)}`];
  if (!entry) throw new Error(`couldn't find resource for "${gvr.group}/${gvr.version}, Resource=${gvr.resource}"`);
  return client.request<Document>({ path: entry.serverRelativeURL });
}
