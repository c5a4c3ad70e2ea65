import {
  formatLabelSelector, formatLabelSet, formatRequirements, labelSelectorMatcher, labelSetMatcher, parseLabelRequirements, parseLabelSelector, parseToLabelSelector,
} from '../../../src/api/selectors';

describe('parseLabelSelector', () => {
  test.each([
    ['', { any: 'x' }, true],
    ['app=web', { app: 'web' }, true],
    ['app==web', { app: 'web' }, true],
    ['app=web', { app: 'db' }, false],
    ['app=web', undefined, false],
    ['app!=web', undefined, true],
    ['app!=web', { app: 'web' }, false],
    ['app', { app: '' }, true],
    ['app', {}, false],
    ['!app', {}, true],
    ['!app', { app: '' }, false],
    ['app in (web, db)', { app: 'db' }, true],
    ['app in (web,db)', { app: 'x' }, false],
    ['app notin (web)', {}, true],
    ['app notin (web)', { app: 'web' }, false],
    ['app in ()', { app: '' }, true],
    ['app in (,web)', { app: '' }, true],
    ['in in (in,notin)', { in: 'notin' }, true],
    ['size > 5', { size: '7' }, true],
    ['size>5', { size: '5' }, false],
    ['size<5', { size: 'x' }, false],
    ['size<5', {}, false],
    ['app=', { app: '' }, true],
    ['app=web, tier=front', { app: 'web', tier: 'front' }, true],
    ['app=web,tier=front', { app: 'web' }, false],
    ['constructor', {}, false],
  ])('%s on %j: %p', (text, labels, matches) => expect(parseLabelSelector(text)(labels as Record<string, string>)).toBe(matches));

  test.each([
    ['a=b,,c', "found ',', expected: identifier after ','"],
    ['a=b,', "found '', expected: identifier after ','"],
    ['=b', "found '=', expected: !, identifier, or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['!a=b', "found '=', expected: ',' or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
    ['a in (=)', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['a=(', "unable to parse requirement: found '(', expected: identifier"],
    ['a>x', 'unable to parse requirement: values[0]: Invalid value: "x": for \'Gt\', \'Lt\' operators, the value must be an integer'],
    ['a=b$', 'unable to parse requirement: values[0][a]: Invalid value: "b$": a valid label must be an empty string or consist of alphanumeric '
      + "characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', "
      + "regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"],
    ['a$=b', 'unable to parse requirement: <nil>: Invalid value: "a$": name part must consist of alphanumeric characters, \'-\', \'_\' or \'.\', '
      + "and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', "
      + "regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"],
  ])('%s is refused', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ reason: 'BadRequest', message }));
  });
});

describe('formatting', () => {
  test.each([
    ['b=1,a=2', 'a=2,b=1'], ['a in (y,x)', 'a in (x,y)'], ['a notin (x)', 'a notin (x)'], ['!a', '!a'], ['a', 'a'], ['a>1', 'a>1'], ['a<1', 'a<1'], ['a!=1', 'a!=1'], ['a==1', 'a==1'],
  ])('%s is %s', (text, formatted) => expect(formatRequirements(parseLabelRequirements(text))).toBe(formatted));

  test('selector objects', () => {
    expect(formatLabelSelector(undefined)).toBe('<none>');
    expect(formatLabelSelector({})).toBe('<none>');
    expect(formatLabelSelector({ matchLabels: { b: '1' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['x', 'y'] }] })).toBe('a in (x,y),b=1');
    expect(formatLabelSelector({ matchExpressions: [{ key: 'a', operator: 'Maybe' }] })).toBe('<error>');
    expect(formatLabelSet({ b: '1', a: '2' })).toBe('a=2,b=1');
  });

  test('text to object', () => {
    expect(parseToLabelSelector('a=1,b in (x,y),!c,d')).toEqual({
      matchLabels: { a: '1' },
      matchExpressions: [{ key: 'b', operator: 'In', values: ['x', 'y'] }, { key: 'c', operator: 'DoesNotExist' }, { key: 'd', operator: 'Exists' }],
    });
    expect(() => parseToLabelSelector('a>1')).toThrow('"gt" isn\'t supported in label selectors');
  });
});

describe('selector objects', () => {
  test('undefined matches nothing, the empty one everything', () => {
    expect(labelSelectorMatcher(undefined)({ a: '1' })).toBe(false);
    expect(labelSelectorMatcher({})(undefined)).toBe(true);
  });
  test('labels and expressions must both match', () => {
    const matches = labelSelectorMatcher({ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }] });
    expect(matches({ app: 'web' })).toBe(true);
    expect(matches({ app: 'web', old: '' })).toBe(false);
  });
  test('an unknown operator is refused', () => {
    expect(() => labelSelectorMatcher({ matchExpressions: [{ key: 'a', operator: 'Maybe' }] })).toThrow('"Maybe" is not a valid label selector operator');
  });
  test('plain maps', () => {
    expect(labelSetMatcher({ a: '1' })({ a: '1', b: '2' })).toBe(true);
    expect(labelSetMatcher({ a: '1' })(undefined)).toBe(false);
    expect(labelSetMatcher(undefined)(undefined)).toBe(true);
  });
});
