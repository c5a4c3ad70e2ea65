import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Unstructured } from '../../../src/api/meta';
import { ApiError } from '../../../src/api/errors';
import type { Info } from '../../../src/cli/builder';
import { editObjects, noteFailure, type EditOptions } from '../../../src/cli/edit';
import { editorCommand } from '../../../src/cli/edit/editor';
import { hasLines, headerText, meaningOf, withoutComments } from '../../../src/cli/edit/text';
import { outcomeOf } from '../../../src/cli/errors';
import { testSession } from '../session';
import { snapshot } from '../snapshot';

describe('the editor', () => {
  it.each([
    [{}, ['vi', '/tmp/f']],
    [{ EDITOR: 'nano' }, ['nano', '/tmp/f']],
    [{ EDITOR: 'nano', KUBE_EDITOR: 'code --wait' }, ['code', '--wait', '/tmp/f']],
    [{ KUBE_EDITOR: '', EDITOR: 'nano' }, ['nano', '/tmp/f']],
    [{ KUBE_EDITOR: 'sed -i "s/a b/c/"' }, ['/bin/bash', '-c', 'sed -i "s/a b/c/" "/tmp/f"']],
    [{ KUBE_EDITOR: "x 'y'", SHELL: '/bin/zsh' }, ['/bin/zsh', '-c', 'x \'y\' "/tmp/f"']],
  ])('of %j is %j', (env, argv) => expect(editorCommand(env, '/tmp/f').argv).toEqual(argv));
});

describe('the text', () => {
  it.each([
    ['# a\nb: 1\n  # c\n#!d\n', 'b: 1\n#!d\n'],
    ['a', 'a'],
    ['', ''],
  ])('%j without comments', (text, expected) => expect(withoutComments(text)).toBe(expected));

  it('means the same with other comments and another order', () => {
    expect(meaningOf('# x\na: 1\nb: 2\n')).toBe(meaningOf('b: 2 # y\na: 1'));
    expect(meaningOf('a: 1')).not.toBe(meaningOf('a: 2'));
    expect(meaningOf('a: [')).toBe('a: [');
  });

  it.each([['', false], ['# a\n\n  #b', false], ['#\nx', true]])('%j has lines: %j', (text, expected) => expect(hasLines(text)).toBe(expected));

  it('tells reasons above the object, every line a comment', () => {
    expect(headerText('object', [{ head: 'pods "a" was not valid', fields: ['spec: one\ntwo'] }, { head: 'syntax', fields: [] }]))
      .toMatch(/\n#\n# pods "a" was not valid:\n# \* spec: one\n# two\n#\n# syntax\n#\n$/);
  });
});

describe('the loop', () => {
  let home: string;
  beforeAll(() => { home = mkdtempSync(join(tmpdir(), 'knarr-edit-')); });
  afterAll(() => rmSync(home, { recursive: true }));

  const object: Unstructured = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default', uid: 'u' }, data: { x: '1' } };
  const info: Info = { resource: snapshot.resources[0]!, name: 'a', namespace: 'default', source: '', object };

  /** Edits with scripted savings; an Error is what the editor fails with. */
  async function edited(saves: (((text: string) => string) | Error)[], options: Partial<EditOptions> = {}) {
    const session = testSession();
    const seen: string[] = [];
    const acted: unknown[] = [];
    const outcome = await editObjects(session, [info], {
      heading: 'object', output: '', windowsLineEndings: false, validation: 'Strict', saveConfig: false,
      async open(text, extension) {
        const save = saves[seen.length];
        if (!save) throw new Error('opened too often');
        seen.push(text);
        if (save instanceof Error) throw save;
        const file = join(home, `${seen.length}${extension}`);
        writeFileSync(file, save(text));
        return { file, text: save(text) };
      },
      act: async (edit) => void acted.push(edit.object['data']),
      ...options,
    }).then(() => ({ text: '', exitCode: 0 }), outcomeOf);
    const left = readdirSync(home).map((name) => readFileSync(join(home, name), 'utf8'));
    for (const name of readdirSync(home)) rmSync(join(home, name));
    return { seen, acted, left, err: session.stderr() + outcome.text, code: outcome.exitCode };
  }

  const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

  it('acts on what was changed, and leaves no file', async () => {
    expect(await edited([swap('x:', 'k:')])).toMatchObject({ acted: [{ k: '1' }], left: [], err: '', code: 0 });
  });

  it('does nothing when nothing was changed', async () => {
    expect(await edited([(text) => `# hm\n${text}`])).toMatchObject({ acted: [], left: [], err: 'Edit cancelled, no changes made.\n', code: 0 });
  });

  it('opens a broken file again with the reason, then takes it', async () => {
    const { seen, acted, left } = await edited([swap('data:', 'da ta'), swap('da ta', 'data:\n  z: "2"')]);
    expect(seen[1]).toContain('# * <nil>: Invalid value: "The edited file failed validation": yaml: line 3: could not find expected \':\'\n#\napiVersion: v1\nda ta\n');
    expect({ acted, left }).toEqual({ acted: [{ x: '1', z: '2' }], left: [] });
  });

  it('gives up when a broken file is saved unchanged, and keeps it', async () => {
    const { left, err, code } = await edited([swap('data:', 'da ta'), (text) => text]);
    expect(err).toBe(`error: configmaps "a" is invalid\nA copy of your changes has been stored to "${join(home, '2.yaml')}"\nerror: Edit cancelled, no valid changes were saved.\n`);
    expect(left).toEqual([expect.stringContaining('da ta')]);
    expect(code).toBe(1);
  });

  it('opens what the server refuses again; what is gone or in conflict ends it with the file kept', async () => {
    const refuse = (error: ApiError): Partial<EditOptions> => {
      let first = true;
      return { act: async (edit, results) => { if (first) noteFailure(results, error, edit); first = false; } };
    };
    const invalid = new ApiError('Invalid', 'bad', { causes: [{ field: 'data', message: 'too much' }] });
    expect((await edited([swap('x:', 'y:'), swap('y:', 'z:')], refuse(invalid))).seen[1]).toContain('# configmaps "a" was not valid:\n# * data: too much\n#\n');
    expect(await edited([swap('x:', 'y:')], refuse(new ApiError('NotFound', 'gone')))).toMatchObject({ left: [expect.anything()], code: 1, err: expect.stringContaining('on deleted resources have been saved to') });
    expect(await edited([swap('x:', 'y:')], refuse(new ApiError('Conflict', 'late')))).toMatchObject({ left: [expect.anything()], code: 1, err: expect.stringMatching(/^You can run `kubectl replace -f .*1.yaml` to try this update again.\n$/) });
  });

  it('keeps the earlier file when the editor fails later', async () => {
    const { left, err } = await edited([swap('data:', 'da ta'), new Error('there was a problem')]);
    expect(err).toContain(`A copy of your changes has been stored to "${join(home, '1.yaml')}"\nerror: there was a problem\n`);
    expect(left).toHaveLength(1);
  });

  it.each([
    [swap('namespace: default', 'namespace: other'), 'the namespace from the provided object "other" does not match the namespace "default". You must pass \'--namespace=other\' to perform this operation.'],
    [() => '', 'configmaps "a" is invalid'],
  ])('refuses %s', async (save, message) => expect((await edited([save, save])).err).toContain(message));
});
