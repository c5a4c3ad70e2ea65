import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGroupVersion, type Unstructured } from '../../../api/meta';
import { toYaml } from '../../../api/yaml';
import type { Session } from '../../session';

/** The two sides of a comparison: folders with a file for each object, as a diff program wants them. */
export interface Sides {
  readonly live: string;
  readonly merged: string;
  /** `null` is written as YAML has it; without an object the file is empty. */
  write(side: 'live' | 'merged', name: string, object: Unstructured | null | undefined): void;
  remove(): void;
}

export function makeSides({ env }: Session): Sides {
  const temporary = env['TMPDIR'] || '/tmp';
  const paths = { live: mkdtempSync(join(temporary, 'LIVE-')), merged: mkdtempSync(join(temporary, 'MERGED-')) };
  return {
    ...paths,
    write: (side, name, object) => writeFileSync(join(paths[side], name), object === undefined ? '' : toYaml(object), { mode: 0o700 }),
    remove: () => Object.values(paths).forEach((path) => rmSync(path, { recursive: true, force: true })),
  };
}

/** `apps.v1.Deployment.default.web` */
export function fileNameOf({ apiVersion = '', kind, metadata }: Unstructured): string {
  const { group, version } = parseGroupVersion(apiVersion);
  return `${group ? `${group}.` : ''}${version}.${kind}.${metadata.namespace ?? ''}.${metadata.name}`;
}
