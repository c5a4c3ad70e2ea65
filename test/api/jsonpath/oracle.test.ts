import fc from 'fast-check';
import { compileJsonPath, jsonPathFailure, type JsonPathError } from '../../../src/api/jsonpath';
import { describeWithOracle, kubectl } from '../../support/oracle';
import { recorded } from '../../support/recorded';

const numRuns = Number(process.env.KNARR_ORACLE_RUNS ?? 10);
const seed = Number(process.env.KNARR_ORACLE_SEED ?? 1);

const object = {
  apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x', labels: { 'a.b/c': 'd', e: '<&>' } },
  spec: { list: [{ name: 'p', n: 1, on: true }, { name: 'q', n: 2, tags: ['s', 't'] }, { name: 'r', n: 3.5 }], none: null, empty: [], nested: [[1, 2], [3]], number: 1234567, big: 12345678.5, yes: true, text: 'é' },
};

const theirs = (template: string, extra: string[] = []) => {
  const { stdout, stderr } = kubectl(['label', '--local', '-f', '-', 'gone-', '-o', `jsonpath=${template}`, ...extra], JSON.stringify(object));
  return stdout || stderr;
};

const ours = (template: string, allowMissingKeys = true) => {
  let run: (data: unknown) => string;
  try {
    run = compileJsonPath(template, { allowMissingKeys });
  } catch (error) {
    return `error: error parsing jsonpath ${template}, ${(error as Error).message}\n`;
  }
  try {
    return run(object);
  } catch (error) {
    return `error: ${jsonPathFailure(template, error as JsonPathError, object)}`;
  }
};

const record = recorded<string>('jsonpath');

describe('templates print what the real kubectl prints', () => {
  test.each([
    'text', '{}', '{.metadata.name}', '{$.metadata.name}', '{@.metadata.name}', '{ .metadata.name }', '{.metadata.labels}', "{.metadata.labels['e']}", '{.metadata.labels.a\\.b/c}', "{.metadata.labels['a\\.b/c']}", '{.spec.list[0].name}',
    '{.spec.list[-1].name}', '{.spec.list[*].name}', '{.spec.list[].name}', '{.spec.list[0:2].name}', '{.spec.list[1:].name}', '{.spec.list[:2].name}', '{.spec.list[::2].name}', '{.spec.list[-2:].name}', '{.spec.list[0,2].name}',
    "{.spec.list[0]['name','n']}", '{.spec.list[5]}', '{.spec.list[0:9]}', '{.spec.list[2:1]}', '{.spec.list[1:1]}', '{.spec.list[::0]}', '{.spec.list[-9]}', '{.spec.list[:-1].name}', '{.spec.empty[0]}', '{.spec.empty[*]}', '{.spec.none}', '{.spec.none.x}',
    '{.spec.list[?(@.n==2)].name}', '{.spec.list[?(@.name=="q")].name}', "{.spec.list[?(@.name=='q')].name}", '{.spec.list[?(@.name!="q")].name}', '{.spec.list[?(@.name>="q")].name}', '{.spec.list[?(@.tags)].name}', '{.spec.list[?(@.on==true)].name}',
    '{.spec.list[?(@.n<2)].name}', '{.spec.list[?(@.n==3.5)].name}', '{.spec.list[?(@.tags[0]=="s")].name}', '{.spec.list[?(@.tags[5])].name}', '{.spec.list[?(@.name=="(q)")].name}', '{.spec.list[?(@.x==1)].name}', '{.spec.list[?(@.tags==1)]}', '{.spec.list[?(@.name=~"q")]}',
    '{.spec.list[?(@.*==1)]}', '{.spec[?(@.a)]}', '{.metadata.name[0]}', '{.metadata.name.*}', '{.spec.text.*}', '{.spec.nested[*][*]}', '{.spec.nested[0]}', '{.spec.number} {.spec.big}', '{.spec.yes}', '{..n}', '{.spec..tags}', '{....}',
    '{range .spec.list[*]}{.name}{"\\t"}{.n}{"\\n"}{end}', '{range .spec.list[*]}{.name}', '{end}', '{range .spec.empty[*]}{.name}{end}after', '{range .spec.list[*]}[{range .tags[*]}{@},{end}]{end}!', '{range .metadata}{.name}{end}', '{range .spec.list[*]}{.name}{end}{range .spec.nested[*]}{[0]}{end}',
    '{range .spec.list[*]}{.tags[0]}{end}', '{"a\\nb"}', "{'a\\tb'}", '{"\\u00e9\\x41\\101"}', '{"\\q"}', '{"a}', '{.a', '{.a\n}', '{"a" "b"}', '{1}', '{-1.50}', '{+2}', '{1.2.3}', '{true}', '{foo}', '{&}', '{.spec.list[x]}', '{.spec.list[0}', '{.spec.list[?(@.n==1)}',
    '{.spec.list[?(@.n==1]}', '{.spec.list[?(@.n==1).name}', '{.spec.list[1-2]}', '{.spec.list[0:-]}', '{{.metadata.name}}', '}', '{.metadata.name}}', '{.metadata.name}{', '{.metadata.name}-{.kind}', '{.spec.list[*].tags[*]}', '{.spec.list[*]["name"]}', '{[]}', '{[0]}', "{['kind']}", '{.metadata .name}',
    '{.spec.list[?(@.n>1 )].name}', '{.spec.list[ 0 ].name}', '{.spec.list[0, 1].name}', "{.spec.list[?(@['name']=='q')].n}", '{é}', '{.é}', '{.spec.list[1e3]}', '{.spec.list.name}', '{range}', '{range .spec.list[*]}{end}{end}', '{.spec.list[?(@.n==2)]}',
  ])('%j', (template) => expect(ours(template)).toBe(record(template, () => theirs(template))));

  test.each(['{.nope}', '{.spec.nope.deep}', '{.spec.list[*].tags}', '{.spec.list[?(@.tags)].name}', '{.spec.list[?(@.tags=="x")].name}', '{range .spec.nope[*]}{.a}{end}', '{.spec.none.x}', '{.metadata.name.x}'])(
    'without missing keys: %j', (template) => expect(ours(template, false)).toBe(record(`strict ${template}`, () => theirs(template, ['--allow-missing-template-keys=false']))));

  test('as JSON', () => {
    const template = '{.spec.list[*].name}{.metadata.labels}{.nope}{1.5}';
    const stdout = record(`json ${template}`, () => kubectl(['label', '--local', '-f', '-', 'gone-', '-o', `jsonpath-as-json=${template}`], JSON.stringify(object)).stdout);
    expect(compileJsonPath(template, { allowMissingKeys: true, asJson: true })(object)).toBe(stdout);
  });

});

describeWithOracle('the real kubectl agrees on', () => {
  test('generated templates', () => {
    const piece = fc.constantFrom('.spec', '.list', '[*]', '.name', '[0]', '[-1]', '[0:2]', '..n', '..', '.*', '{', '}', '{range ', '{end}', '[?(@.n>1)]', '[?(@.tags)]', ' ', '"a"', '$', '@', '.nested', '.tags', '[0,1]', 'x', '1', ',', ']', '[', '.empty', '.none');
    const action = fc.array(piece, { maxLength: 5 }).map((pieces) => `{${pieces.join('')}}`);
    const template = fc.array(fc.oneof({ weight: 3, arbitrary: action }, fc.constantFrom('{range .spec.list[*]}', '{end}', ' text ')), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(fc.property(template, (text) => {
      const real = theirs(text);
      // The real one panics on a few, and has maps in random order.
      if (/^panic|goroutine/.test(real) || /\.\*|\.\./.test(text)) return;
      expect(ours(text)).toBe(real);
    }), { numRuns, seed });
  }, 600_000);
});
