import { fold } from '../../../../../src/cli/verbs/explain/openapi-v2/lines';
import { renderOpenApiV2 } from '../../../../../src/cli/verbs/explain/openapi-v2/render';

const kind = { group: 'stable.example.com', version: 'v2', kind: 'CronTab' };
const document = {
  definitions: {
    CronTab: {
      'type': 'object', 'description': 'A tab.', 'x-kubernetes-group-version-kind': [kind], 'required': ['spec'],
      'properties': {
        spec: { $ref: '#/definitions/Spec', description: 'What is wanted.' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        free: { type: 'object' },
        any: {},
      },
    },
    Spec: {
      description: 'Spec of a tab.',
      properties: { jobs: { type: 'array', items: { $ref: '#/definitions/Spec' }, description: 'Inner ones.' }, mode: { type: 'string' } },
    },
  },
};
const head = 'KIND:     CronTab\nVERSION:  stable.example.com/v2\n\n';
const render = (path: string, recursive = false) => renderOpenApiV2(document, kind, path.split('.').filter(Boolean), recursive);

test.each([
  ['', `${head}DESCRIPTION:\n     A tab.\n\nFIELDS:\n   any\t<>\n\n   free\t<map[string]>\n\n   labels\t<map[string]string>\n\n   spec\t<Object> -required-\n     What is wanted.\n\n`],
  ['spec', `${head}RESOURCE: spec <Object>\n\nDESCRIPTION:\n     What is wanted.\n\n     Spec of a tab.\n\nFIELDS:\n   jobs\t<[]Object>\n     Inner ones.\n\n   mode\t<string>\n\n`],
  ['spec.jobs.mode', `${head}FIELD:    mode <string>\n\nDESCRIPTION:\n     <empty>\n`],
  ['spec.mode.deeper', `${head}FIELD:    deeper <string>\n\nDESCRIPTION:\n     <empty>\n`],
  ['any', `${head}DESCRIPTION:\n     <empty>\n`],
])('explain %s', (path, text) => {
  expect(render(path)).toBe(text);
});

test('fields of fields, each type once within itself', () => {
  expect(render('spec', true)).toContain('FIELDS:\n   jobs\t<[]Object>\n      jobs\t<[]Object>\n      mode\t<string>\n   mode\t<string>\n');
});

test.each([
  [() => render('spec.nosuch'), 'field "nosuch" does not exist'],
  [() => renderOpenApiV2(document, { ...kind, version: 'v3' }, [], false), 'couldn\'t find resource for "stable.example.com/v3, Kind=CronTab"'],
  [() => renderOpenApiV2(document, { group: '', version: 'v1', kind: 'Pod' }, [], false), 'couldn\'t find resource for "/v1, Kind=Pod"'],
])('%#: refused', (run, message) => {
  expect(run).toThrow(message);
});

test.each([
  ['a\nb', ['a b']],
  ['one two three four', ['one two', 'three four']],
  ['as follows:\nnext', ['as', 'follows:', 'next']],
  ['a\n\nb', ['a', 'b']],
  ['a line of it\n\nb', ['a line of', 'it', '', 'b']],
  ['list:\n- a\n- b\nc', ['list:', '- a', '- b c']],
  ['code\n    kept as it is here', ['code', '    kept as it is here']],
  ['verylongwordindeed x', ['verylongwordindeed', 'x']],
])('%j in ten columns', (text, lines) => {
  expect(fold(text, 10)).toEqual(lines);
});
