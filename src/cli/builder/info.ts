import type { Unstructured } from '../../api/meta';
import type { ApiResource } from '../../client/discovery';
import type { ManifestCheck } from '../manifest-check';

/** One object that a command is about, or one list (or Table) of them. */
export interface Info {
  readonly resource: ApiResource;
  /** '' for cluster-scoped resources and for lists across namespaces. */
  readonly namespace: string;
  /** '' for lists, and for objects that the server shall name. */
  readonly name: string;
  /** The file that it came from, `STDIN`, or '' when an argument named it. */
  readonly source: string;
  /** As read from the file or the server; undefined only where a request said `fetch: false`. */
  readonly object: Unstructured;
  readonly subresource?: string;
}

/** What a command is about, after cli-runtime's resource.Builder. Absent members are as unset flags. */
export interface ResourceRequest {
  /** `TYPE`, `TYPE NAME …`, `TYPE/NAME …`, types with commas between, categories. */
  readonly args?: readonly string[];
  readonly filenames?: readonly string[];
  readonly kustomize?: string;
  readonly recursive?: boolean;
  readonly selector?: string;
  readonly fieldSelector?: string;
  /** All objects of the types: `--all`. */
  readonly all?: boolean;
  /** A type alone means all its objects, as in get. */
  readonly emptySelectorMeansAll?: boolean;
  /** Of the session. */
  readonly namespace: { name: string; explicit: boolean };
  readonly allNamespaces?: boolean;
  readonly subresource?: string;
  /** Only one resource type is allowed. */
  readonly singleType?: boolean;
  readonly chunkSize?: number;
  /** Read what files name from the server again. */
  readonly latest?: boolean;
  /** False: objects named by arguments are not read (delete needs only their names). */
  readonly fetch?: boolean;
  /** Keep lists whole instead of visiting their items. */
  readonly keepLists?: boolean;
  readonly accept?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Decode what files hold: only kinds of kubectl's scheme. */
  readonly typed?: boolean;
  /** Object without a server: files only, resources known by their kind alone. */
  readonly local?: boolean;
  /** Looks at what a file holds, before it is resolved to a resource. Throws to refuse. */
  readonly validate?: ManifestCheck;
}

/** `deployment.apps/web`, `pod/x`: how kubectl names an object in messages. */
export function objectName({ resource, name }: Pick<Info, 'resource' | 'name'>): string {
  const singular = resource.singular || resource.kind.toLowerCase();
  return `${resource.group ? `${singular}.${resource.group}` : singular}/${name}`;
}
