import { Accumulator, shownVariables } from './accumulator';
import { fileNames, componentKind, readKustomization } from './config/kustomization';
import type { Kustomization } from './config/types';
import { causeNamed, withPrefix, withPrefixAsync, wrapped } from './errors';
import { readCrds } from './field-spec/crds';
import { defaultFieldSpecs, fieldSpecsText, mergeAll, noFieldSpecs, readFieldSpecs, type FieldSpecs } from './field-spec/config';
import type { Loader } from './loader/loader';
import { originAnnotation, localConfigAnnotation } from './resource/annotations';
import { originAt, originText, setOrigin, type Origin } from './resource/origin';
import { checkMetadata, readResources, withFile } from './resource/read';
import type { Resource } from './resource/resource';
import type { Setting } from './setting';
import { builtinGenerators, builtinTransformers, loadPlugins, type Context } from './plugins';
import { hashTransform } from './transformers/simple';
import { transformAll } from './transformers/transformer';

/** One kustomization: reads it and gathers what it makes. Source: api/internal/target of kustomize. */
export class Target {
  private constructor(
    private readonly loader: Loader,
    private readonly setting: Setting,
    readonly kustomization: Kustomization,
    private readonly fileName: string,
    /** Where it is, if that is to be noted. */
    private origin: Origin | undefined,
  ) {}

  static async load(loader: Loader, setting: Setting, parent?: Target): Promise<Target> {
    const { text, name } = await kustomizationFile(loader);
    const kustomization = readKustomization(text, loader.root, setting.warn);
    const buildMetadata = parent ? parent.kustomization.buildMetadata : kustomization.buildMetadata;
    const origin = parent ? parent.origin : buildMetadata?.length ? {} : undefined;
    return new Target(loader, setting, { ...kustomization, buildMetadata: buildMetadata ?? [] }, name, origin);
  }

  /** Everything done, references and variables included. */
  async build(log: (line: string) => void): Promise<Resource[]> {
    const all = await this.accumulate(new Accumulator());
    hashTransform(all.resources);
    all.fixReferences();
    all.resolveVariables(log);
    return withoutLocal(all.resources.list);
  }

  /** Sets the schema that it names. */
  async setSchema(anew: boolean): Promise<void> {
    const { openapi = {} } = this.kustomization;
    const document = openapi.path === undefined ? undefined : (await this.loader.load(openapi.path)).toString('utf8');
    this.setting.schemas.set(openapi, document, anew);
  }

  private get context(): Context {
    const { loader, setting, kustomization, fileName, origin } = this;
    return { loader, setting, kustomization, fileName, origin, resourcesOf: (entries, what) => this.pluginConfigs(entries, what) };
  }

  /** `into`: what a component adds to; empty for others. */
  private async accumulate(into: Accumulator): Promise<Accumulator> {
    const { kustomization } = this;
    let all = await withPrefixAsync('accumulating resources', () => this.addResources(into, kustomization.resources ?? []));
    await this.addSpecs(all);
    await this.runGenerators(all);
    all = await withPrefixAsync('accumulating components', () => this.addComponents(all, kustomization.components ?? []));
    const builtin = await builtinTransformers(this.context, all.specs);
    const external = await loadPlugins(this.context, kustomization.transformers ?? [], 'transformer');
    transformAll([...builtin, ...external], all.resources);
    await this.validate(all);
    withPrefix(`merging vars ${shownVariables(kustomization.vars ?? [])}`, () => all.mergeVariables(kustomization.vars ?? []));
    return all;
  }

  private async addSpecs(all: Accumulator): Promise<void> {
    const { configurations = [], crds = [] } = this.kustomization;
    const specs = await this.readSpecs(configurations);
    withPrefix(`merging config ${fieldSpecsText(specs)}`, () => all.mergeSpecs(specs));
    const fromCrds = await withPrefixAsync(`loading CRDs [${crds.join(' ')}]`, () => this.readCrds(crds));
    withPrefix(`merging CRDs ${fieldSpecsText(fromCrds)}`, () => all.mergeSpecs(fromCrds));
  }

  private async readSpecs(paths: readonly string[]): Promise<FieldSpecs> {
    let own = noFieldSpecs();
    for (const path of paths) own = mergeAll(own, readFieldSpecs((await this.loader.load(path)).toString('utf8')));
    return paths.length ? mergeAll(defaultFieldSpecs(), own) : defaultFieldSpecs();
  }

  private async readCrds(paths: readonly string[]): Promise<FieldSpecs> {
    let specs = noFieldSpecs();
    for (const path of paths) {
      const text = (await this.loader.load(path)).toString('utf8');
      const found = withPrefix(`unable to parse open API definition from '${path}'`, () => readCrds(text));
      specs = mergeAll(specs, found);
    }
    return specs;
  }

  private async runGenerators(all: Accumulator): Promise<void> {
    const builtin = await builtinGenerators(this.context);
    const external = await withPrefixAsync('loading generator plugins', () => loadPlugins(this.context, this.kustomization.generators ?? [], 'generator'));
    for (const { generate, origin, shown } of [...builtin, ...external]) {
      const resources = await generate();
      if (origin) for (const resource of resources) if (!resource.annotations[originAnnotation]) setOrigin(resource, origin);
      withPrefix(`merging from generator ${shown}`, () => all.resources.absorb(resources));
    }
  }

  /** Validators may look, and leave a label, but not change anything else. */
  private async validate(all: Accumulator): Promise<void> {
    for (const validator of await loadPlugins(this.context, this.kustomization.validators ?? [], 'transformer')) {
      const before = all.resources.copy();
      validator.transform(all.resources);
      const after = all.resources.copy();
      for (const resource of after.list) {
        const { labels } = resource;
        if (labels['validated-by'] === undefined) continue;
        delete labels['validated-by'];
        resource.labels = labels;
      }
      const changed = before.list.length !== after.list.length || before.list.some(({ node }, i) => JSON.stringify(node) !== JSON.stringify(after.list[i]!.node));
      if (changed) throw new Error("validator shouldn't modify the resource map");
    }
  }

  /** Configurations of plugins: texts of their own, files, or what kustomizations make. */
  private async pluginConfigs(entries: readonly string[], what: string): Promise<Resource[]> {
    let all = new Accumulator();
    const paths: string[] = [];
    for (const entry of entries) {
      const inline = this.inlineResources(entry);
      if (!inline) paths.push(entry);
      else withPrefix(`configuring external ${what}`, () => all.resources.appendAll(inline));
    }
    all = await this.addResources(all, paths);
    return all.resources.list;
  }

  private inlineResources(text: string): Resource[] | undefined {
    try {
      const resources = unique(readResources(text, this.setting.schemas));
      if (this.origin) for (const resource of resources) setOrigin(resource, originAt(this.origin, this.fileName));
      return resources;
    } catch {
      return undefined;
    }
  }

  /** Each path is a file, or else the directory of another kustomization. */
  private async addResources(into: Accumulator, paths: readonly string[]): Promise<Accumulator> {
    let all = into;
    for (const path of paths) {
      const failure = await this.addFile(all, path).then(() => undefined, (error: unknown) => error as Error);
      if (!failure) continue;
      if (causeNamed(failure, 'HttpError')) throw failure;
      const context = `accumulation err='${failure.message}'`;
      const loader = await this.enter(path, failure, context);
      all = await withPrefixAsync(context, () => this.inside(path, () => this.addDirectory(all, loader, false)));
    }
    return all;
  }

  /** A file that is no good YAML is not meant to be a directory. */
  private async enter(path: string, failure: Error, context: string): Promise<Loader> {
    try {
      return await this.loader.enter(path);
    } catch (error) {
      throw failure.message.includes('MalformedYAMLError') && (error as Error).name !== 'GitTimeout' ? failure : wrapped(error, context);
    }
  }

  private async addComponents(into: Accumulator, paths: readonly string[]): Promise<Accumulator> {
    let all = into;
    for (const path of paths) {
      const loader = await this.loader.enter(path).catch((error: unknown) => {
        throw new Error(`loader.New ${JSON.stringify((error as Error).message)}`);
      });
      try {
        all = await this.inside(path, () => this.addDirectory(all, loader, true));
      } catch (error) {
        throw new Error(`accumulateDirectory: ${JSON.stringify((error as Error).message)}`);
      }
    }
    return all;
  }

  /** Acts with the origin that is at the path. */
  private async inside<T>(path: string, act: () => Promise<T>): Promise<T> {
    const { origin } = this;
    this.origin = origin && originAt(origin, path);
    try {
      return await act();
    } finally {
      this.origin = origin;
    }
  }

  private async addFile(all: Accumulator, path: string): Promise<void> {
    const resources = await withPrefixAsync(`accumulating resources from '${path}'`, async () => {
      const text = (await this.loader.load(path)).toString('utf8');
      return withFile(path, () => unique(readResources(text, this.setting.schemas)));
    });
    if (this.origin) {
      const text = originText(originAt(this.origin, path));
      for (const resource of resources) resource.annotations = { ...resource.annotations, [originAnnotation]: text };
    }
    withPrefix(`merging resources from '${path}'`, () => all.resources.appendAll(resources));
  }

  private async addDirectory(into: Accumulator, loader: Loader, isComponent: boolean): Promise<Accumulator> {
    try {
      const target = await withPrefixAsync(`couldn't make target for path '${loader.root}'`, () => Target.load(loader, this.setting, this));
      await target.setSchema(false);
      target.checkKind(isComponent);
      const inner = await withPrefixAsync(`recursed accumulation of path '${loader.root}'`, () => target.accumulate(isComponent ? into : new Accumulator()));
      const all = isComponent ? new Accumulator() : into;
      withPrefix(`recursed merging from path '${loader.root}'`, () => all.merge(inner));
      return all;
    } finally {
      loader.close();
    }
  }

  private checkKind(isComponent: boolean): void {
    const { kind } = this.kustomization;
    if (isComponent === (kind === componentKind)) return;
    throw new Error(isComponent
      ? `expected kind '${componentKind}' for path '${this.loader.root}' but got '${kind}'`
      : `expected kind != '${componentKind}' for path '${this.loader.root}'`);
  }
}

/** Throws for two with one id. */
function unique(resources: Resource[]): Resource[] {
  const all = new Accumulator();
  all.resources.appendAll(resources);
  return all.resources.list;
}

async function kustomizationFile(loader: Loader): Promise<{ text: string; name: string }> {
  const found: { text: string; name: string }[] = [];
  for (const name of fileNames) {
    const content = await loader.load(name).catch(() => undefined);
    if (content) found.push({ text: content.toString('utf8'), name });
  }
  if (found.length > 1) throw new Error(`Found multiple kustomization files under: ${loader.root}\n`);
  if (!found.length) throw new Error(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${loader.root}'`);
  return found[0]!;
}

/** Resources for kustomize alone are left out. */
function withoutLocal(resources: Resource[]): Resource[] {
  return resources.filter((resource) => {
    if (resource.isEmpty) return false;
    checkMetadata(resource.object);
    const mark = resource.annotations[localConfigAnnotation];
    return mark === undefined || mark === 'false';
  });
}
