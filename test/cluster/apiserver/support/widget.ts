import type { Unstructured } from '../../../../src/api/meta';
import type { Kind, Strategy } from '../../../../src/kinds/kind';

interface Widget extends Unstructured {
  spec?: { size?: number; color?: string };
  status?: { phase?: string };
}

/** A kind of the tests' own: nothing in the server knows it. */
export function widgetKind(strategy: Strategy<Widget> = {}, more: Partial<Kind<Widget>> = {}): Kind {
  const kind: Kind<Widget> = {
    group: 'test.example', version: 'v1', kind: 'Widget', plural: 'widgets', singular: 'widget', shortNames: ['wd'], namespaced: true,
    schema: 'example.Widget', subresources: ['status', 'scale'],
    strategy: {
      setDefaults: (widget) => { widget.spec ??= {}; widget.spec.color ??= 'red'; },
      prepareForCreate: (widget) => { widget.status = { phase: 'New' }; },
      validate: ({ spec }) => (spec?.size === 13 ? [{ type: 'FieldValueInvalid', field: 'spec.size', message: 'Invalid value: 13: unlucky' }] : []),
      ...strategy,
    },
    columns: [{ name: 'Color', value: ({ spec }) => spec?.color ?? '' }, { name: 'Size', type: 'integer', priority: 1, value: ({ spec }) => spec?.size ?? 0 }],
    selectableFields: { 'spec.color': ({ spec }) => spec?.color ?? '' },
    ...more,
  };
  return kind as Kind;
}

export const widget = (name: string, more: object = {}): Unstructured => ({ metadata: { name, namespace: 'default' }, ...more });
