import { toYaml, parseYamlOrJson } from '../../../../api/yaml';
import { collect, visit } from '../../../builder';
import { usageError, withSource } from '../../../errors';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import { lastApplied } from '../../../last-applied';
import { indentJson } from '../../../print/indent-json';
import type { Session } from '../../../session';
import type { viewLastAppliedFlags } from './flags';

/** After apply_view_last_applied.go. */
export async function viewLastApplied(session: Session, { flags, args }: Input<typeof viewLastAppliedFlags & GlobalFlags>): Promise<void> {
  if (flags.all && flags.selector) throw new Error(`found non-empty label selector ${JSON.stringify(flags.selector)} with previously set 'all' parameter. `);
  const { infos, errors } = await collect(await visit(session, {
    args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive,
    all: flags.all, selector: flags.selector, namespace: await session.namespace(), latest: true, emptySelectorMeansAll: true,
  }));
  if (errors.length) throw errors[0];
  const texts: string[] = [];
  for (const { object, name, source } of infos) {
    const text = lastApplied(object);
    if (text !== undefined) {
      texts.push(text);
      continue;
    }
    // kubectl forgets to make an error of it, and without a file ends here in silence.
    if (source) throw withSource(`no last-applied-configuration annotation found on resource: ${name}\n`, source, new Error('<nil>'));
  }
  const format = formats[flags.output];
  for (const text of texts) {
    if (!format) throw usageError('kubectl apply view-last-applied', `Unexpected -o output mode: ${flags.output}, the flag 'output' must be one of yaml|json`);
    session.streams.out.write(format(text));
  }
}

const formats: Readonly<Record<string, ((text: string) => string) | undefined>> = {
  json: (text) => indentJson(text, '  '),
  yaml: (text) => toYaml(parseYamlOrJson(text, { bigints: true })),
};
