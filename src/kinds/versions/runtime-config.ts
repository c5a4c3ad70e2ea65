import { groupVersion } from '../../api/meta';
import type { Kind } from '../kind';

/** `api/beta` → whether it is to be served. */
type RuntimeConfig = Readonly<Record<string, boolean>>;

const stages: Readonly<Record<string, RegExp>> = { 'api/all': /./, 'api/ga': /^v\d+$/, 'api/beta': /^v\d+beta\d+$/, 'api/alpha': /^v\d+alpha\d+$/ };

/** Those that no cluster can do without. */
const kept = ['v1', 'apiregistration.k8s.io/v1', 'apiextensions.k8s.io/v1'];

/**
 * `a=true,b=false,c` of the flag --runtime-config; a name alone is switched on. Throws for what is no such text.
 * Source: k8s.io/apiserver/pkg/server/resourceconfig and component-base/cli/flag.ConfigurationMap.
 */
export function parseRuntimeConfig(text: string): RuntimeConfig {
  const pairs = text.split(',').map((pair) => pair.trim()).filter(Boolean).map((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = at < 0 ? [pair, 'true'] : [pair.slice(0, at), pair.slice(at + 1)];
    if (value !== 'true' && value !== 'false') throw new Error(`invalid value ${name}=${value}`);
    return [name, value === 'true'] as const;
  });
  const config = Object.fromEntries(pairs);
  if (config['api/all'] === false && pairs.length === 1) throw new Error('invalid key with only api/all=false');
  return config;
}

/** Throws for a name that is no group, version or resource which could be served. */
function refuseUnknown(config: RuntimeConfig, kinds: readonly Kind[]): void {
  const groups = new Set(kinds.map(({ group }) => group));
  const versions = new Set(kinds.map(groupVersion));
  for (const [name, isOn] of Object.entries(config)) {
    if (name === 'api/alpha' && isOn) throw new Error('--runtime-config api/alpha: this version of knarr has no alpha APIs');
    if (name in stages) continue;
    const [group = '', version, resource] = name === 'v1' ? ['', 'v1'] : name.split('/');
    if (!version || !groups.has(group)) throw new Error(`unknown api groups ${group}`);
    const of = groupVersion({ group, version });
    if (!versions.has(of)) throw new Error(`group version ${of} that has not been registered`);
    if (resource !== undefined && resource !== resource.toLowerCase()) throw new Error(`invalid key ${name}: group/version/resource and resource is always lowercase plural, not "${resource}"`);
    if (!isOn && kept.includes(of)) throw new Error(`--runtime-config ${name}=false: a cluster cannot do without it`);
  }
}

/** The last of these that says something: all, the stages, the version, the resource. */
function isServed(config: RuntimeConfig, kind: Kind, byDefault: boolean): boolean {
  const version = groupVersion(kind);
  const ofStage = Object.keys(stages).filter((stage) => stages[stage]!.test(kind.version) && !kept.includes(version)).map((stage) => config[stage]);
  return [byDefault, ...ofStage, config[version], config[`${version}/${kind.plural}`]].filter((said) => said !== undefined).at(-1)!;
}

/** Where the version that others are stored as is not served, its first stand-in is the one that loops look at. */
function withStored(kinds: readonly Kind[]): Kind[] {
  const seen = new Set(kinds.filter(({ storedAs }) => !storedAs).map(({ group, plural }) => `${group}/${plural}`));
  return kinds.map((kind) => {
    if (!kind.storedAs || seen.has(kind.storedAs) || kind.storedAs !== `${kind.group}/${kind.plural}`) return kind;
    seen.add(kind.storedAs);
    const { storedAs: _, ...alone } = kind;
    return alone;
  });
}

/** The kinds that a server serves: of `stable` all and of `optional` none, but for what the configuration says. Throws where it says nonsense. */
export function servedKinds(config: RuntimeConfig, stable: readonly Kind[], optional: readonly Kind[]): Kind[] {
  refuseUnknown(config, [...stable, ...optional]);
  return withStored([
    ...stable.filter((kind) => isServed(config, kind, true)), ...optional.filter((kind) => isServed(config, kind, false)),
  ]);
}
