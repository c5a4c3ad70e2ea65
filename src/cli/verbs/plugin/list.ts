import { readdir } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { errnoText } from '../../../client/kubeconfig/errors';
import type { GlobalFlags } from '../../flags/global';
import { flagTable, type Input } from '../../flags/spec';
import { pluginPrefixes } from '../../plugins/names';
import { isProgram } from '../../plugins/run';
import { programName } from '../../program';
import type { Session } from '../../session';

export const pluginListFlags = flagTable({
  'name-only': { type: 'bool', help: 'Names without their directories.' },
});

/** The programs on the PATH that are plugins, and what keeps them from being run. After k8s.io/kubectl/pkg/cmd/plugin. */
export async function pluginList(session: Session, { flags }: Input<typeof pluginListFlags & GlobalFlags>): Promise<void> {
  const { out, err } = session.streams;
  const plugins = await findPlugins(session);
  const problems = plugins.length ? [] : ['error: unable to find any kubectl plugins in your PATH'];
  if (plugins.length) out.write('The following compatible plugins are available:\n\n');
  const seen = new Map<string, string>();
  let count = 0;
  for (const path of plugins) {
    out.write(`${flags['name-only'] ? basename(path) : path}\n`);
    const warnings = warningsOf(session, path, seen);
    count += warnings.length;
    for (const warning of warnings) err.write(`  - ${warning}\n`);
  }
  if (count) problems.push(count === 1 ? 'error: one plugin warning was found' : `error: ${count} plugin warnings were found`);
  if (problems.length) throw new Error(`${problems.join('\n')}\n`);
}

async function findPlugins({ env, streams }: Session): Promise<string[]> {
  const directories = new Set((env['PATH'] ?? '').split(delimiter).filter((directory) => directory.trim()));
  const found: string[] = [];
  for (const directory of directories) {
    try {
      const entries = await readdir(directory, { withFileTypes: true });
      const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name).sort();
      found.push(...names.filter((name) => pluginPrefixes.some((prefix) => name.startsWith(`${prefix}-`))).map((name) => join(directory, name)));
    } catch (error) {
      streams.err.write(`Unable to read directory ${JSON.stringify(directory)} from your PATH: open ${directory}: ${errnoText(error)}. Skipping...\n`);
    }
  }
  return found;
}

function warningsOf({ program }: Session, path: string, seen: Map<string, string>): string[] {
  const name = basename(path);
  const warnings: string[] = [];
  if (!isProgram(path)) warnings.push(`warning: ${path} identified as a kubectl plugin, but it is not executable`);
  const other = seen.get(name);
  if (other) warnings.push(`warning: ${path} is overshadowed by a similarly named plugin: ${other}`);
  else seen.set(name, path);
  try {
    const { path: command } = program!.find(name.split('-').slice(1));
    warnings.push(`warning: ${name} overwrites existing command: ${JSON.stringify(`${programName} ${command}`)}`);
  } catch {
    // No command of that name: as it should be.
  }
  return warnings;
}
