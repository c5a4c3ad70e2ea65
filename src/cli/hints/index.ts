import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Snapshot } from '../../client/discovery';
import { programName } from '../program';
import type { FlagTable } from '../flags/spec';
import { fieldsAt } from './fields';
import { meant, nearest } from './nearest';
import { memberOf, placeOfBreak, placeOfField, type Place } from './place';

/** What a hint may look at. */
export interface Scene {
  readonly cwd: string;
  /** Paths of files that the line names: `-f`. */
  readonly files: readonly string[];
  /** The words of the commands below a path. */
  commands(path: string): readonly string[];
  /** Of the command that ran, global ones too. */
  flags(): Promise<FlagTable>;
  /** What the server is known to serve, without asking it. */
  served(): Promise<Snapshot | undefined>;
}

type Hint = (match: readonly string[], scene: Scene) => Promise<string | undefined> | string | undefined;

/** Messages of kubectl → what else there is to say. */
const rows: readonly [RegExp, Hint][] = [
  [/^error: unknown command "([^"]+)"\nSee '\S+ (.+) -h'/, ([, word, path], { commands }) => commandMeant(word!, path!, commands)],
  [/^error: unknown flag: --(\S+)/, async ([, flag], { flags }) => meant(dashed(nearest(flag!, Object.keys(await flags()))))],
  [/the server doesn't have a resource type "([^"]+)"/, async ([, type], { served }) => meant(nearest(type!, resourceNames(await served())))],
  [/no matches for kind "([^"]+)" in version "([^"]+)"/, async ([, kind, version], { served }) => kindMeant(kind!, version!, await served())],
  [/^error: error parsing (.+?): (?:error converting YAML to JSON: )?(?:yaml|json|invalid)/, ([, file], { cwd }) => inFile(file!, cwd, placeOfBreak)],
  [/(?:unknown|duplicate) field "([^"]+)"/, ([text, path], scene) => inFiles(scene, text!, path!)],
  [/cannot unmarshal .+ into Go struct field \w+\.(\S+) of type/, ([text, path], scene) => inFiles(scene, text!, path!)],
];

/** One line without its end, or '' where there is nothing to add. */
export async function hintFor(message: string, scene: Scene): Promise<string> {
  for (const [pattern, hint] of rows) {
    const match = pattern.exec(message);
    if (match) return (await hint([message, ...match.slice(1)], scene)) ?? '';
  }
  return '';
}

const dashed = (flag: string | undefined) => flag && `--${flag}`;

function commandMeant(word: string, path: string, commands: Scene['commands']): string | undefined {
  const name = nearest(word.split(' ')[0]!, commands(path));
  return meant(name && `${programName} ${path} ${name}`);
}

const resourceNames = (served: Snapshot | undefined): string[] =>
  (served?.resources ?? []).flatMap(({ plural, singular, shortNames }) => [plural, singular, ...shortNames.filter((name) => name.length > 2)]);

function kindMeant(kind: string, version: string, served: Snapshot | undefined): string | undefined {
  const resources = served?.resources ?? [];
  const groupVersion = ({ group, version: of }: { group: string; version: string }) => (group ? `${group}/${of}` : of);
  const same = resources.filter((resource) => resource.kind === kind).map(groupVersion);
  if (same.length) return `${kind} is served in ${[...new Set(same)].join(', ')}`;
  const inVersion = nearest(kind, resources.filter((resource) => groupVersion(resource) === version).map((resource) => resource.kind));
  return meant(inVersion ?? nearest(kind, resources.map((resource) => resource.kind)));
}

const written = (file: string, { line, column }: Place) => `${file}:${line}:${column}`;

function inFile(file: string, cwd: string, find: (text: string) => Place | undefined): string | undefined {
  const place = find(readFileSync(resolve(cwd, file), 'utf8'));
  return place && `see ${written(file, place)}`;
}

/** The first file that has the field; the message names its own where there were several. */
function inFiles({ cwd, files }: Scene, message: string, field: string): string | undefined {
  const named = files.find((file) => message.includes(JSON.stringify(file)));
  const path = field.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  for (const file of named ? [named] : files) {
    const place = placeOfField(readFileSync(resolve(cwd, file), 'utf8'), path);
    if (!place) continue;
    const [apiVersion = '', kind = ''] = ['apiVersion', 'kind'].map((name) => memberOf(place.document, name));
    const known = fieldsAt(apiVersion, kind, path.filter((step) => !/^\d+$/.test(step)));
    const name = known.includes(path.at(-1)!) ? undefined : nearest(path.at(-1)!, known);
    return `see ${written(file, place)}${name ? `: ${meant(name)}` : ''}`;
  }
  return undefined;
}
