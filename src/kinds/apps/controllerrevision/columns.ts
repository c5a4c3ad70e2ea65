import type { ControllerRevision } from '../../../api/generated/apps.v1';
import { controllerOf, parseGroupVersion } from '../../../api/meta';
import type { Column } from '../../kind';
import { age } from '../../printing';

/** `statefulset.apps/web` */
function controllerText(revision: ControllerRevision): string {
  const owner = controllerOf(revision);
  if (!owner) return '<none>';
  const { group } = parseGroupVersion(owner.apiVersion);
  return `${owner.kind.toLowerCase()}${group && `.${group}`}/${owner.name}`;
}

export const controllerRevisionColumns: readonly Column<ControllerRevision>[] = [
  { name: 'Controller', value: controllerText },
  { name: 'Revision', value: ({ revision }) => revision ?? 0 },
  age,
];
