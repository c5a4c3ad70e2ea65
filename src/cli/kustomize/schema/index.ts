import { wrapped } from '../errors';
import { builtinSchema } from './builtin';
import type { Schema } from './schema';
import { clusterScopedKinds, namespacedKinds } from './scopes';
import { parseSwagger, type Swagger } from './swagger';

export type { Schema } from './schema';

const builtinVersion = 'v1.21.2';

/**
 * What is known of kinds during one build. A document of the user's own takes the place of what kustomize brings along, or joins it when a
 * kind was asked for before the document was set. Source: kyaml/openapi.
 */
export class Schemas {
  private version = '';
  private document: string | undefined;
  private readonly loaded: Swagger[] = [];
  private isLoaded = false;
  private builtin: 'unused' | 'wanted' | 'used' = 'unused';

  /** `openapi`: the field of a kustomization; `document`: the text at its path. Only the first setting counts, unless `anew`. */
  set(openapi: Record<string, string>, document: string | undefined, anew: boolean): void {
    if (!anew && (this.version !== '' || this.document !== undefined)) return;
    const version = openapi.version;
    if (document !== undefined) {
      if (version !== undefined) throw new Error('builtin version and custom schema provided, cannot use both');
      Object.assign(this, { document, version: 'custom', isLoaded: false });
      return;
    }
    this.version = version ?? '';
    if (!this.version) return;
    if (this.version !== builtinVersion) throw new Error('the specified OpenAPI version is not built in');
    Object.assign(this, { document: undefined, isLoaded: false });
  }

  /** False for kinds that are not known. */
  isClusterScoped(apiVersion: string, kind: string): boolean {
    const type = `${apiVersion} ${kind}`;
    if (clusterScopedKinds.has(type)) return true;
    if (namespacedKinds.has(type)) return false;
    if (!this.isLoaded && this.document !== undefined) this.load();
    else if (!this.isLoaded && this.builtin === 'unused') this.builtin = 'wanted';
    return this.loaded.findLast(({ namespaced }) => namespaced.has(type))?.namespaced.get(type) === false;
  }

  forType(apiVersion: string, kind: string): Schema | undefined {
    this.load();
    const type = `${apiVersion} ${kind}`;
    return this.loaded.findLast(({ schemas }) => schemas.has(type))?.schemas.get(type) ?? (this.builtin === 'used' ? builtinSchema(type) : undefined);
  }

  private load(): void {
    if (this.isLoaded) return;
    this.isLoaded = true;
    if (this.document === undefined) this.builtin = 'used';
    else this.loaded.push(this.parse(this.document));
    if (this.builtin === 'wanted') this.builtin = 'used';
  }

  private parse(document: string): Swagger {
    try {
      return parseSwagger(document);
    } catch (error) {
      throw wrapped(error, 'invalid schema file');
    }
  }
}
