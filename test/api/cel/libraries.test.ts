import { outcome } from './support';

test.each<[string, unknown]>([
  // Conversions
  ['int("42") + int(3.9) + int(2u)', 47], ['double("1.5")', 1.5], ['string(1.0)', '1'], ['string(true)', 'true'], ['uint(5)', '5u'], ['bytes("é").size()', 2], ['string(b"ab")', 'ab'], ['bool("true")', true],
  ['timestamp("2024-02-29T10:20:30.5Z").getSeconds()', 30], ['string(duration("1h30m"))', '5400s'], ['int(timestamp("1970-01-01T00:00:10Z"))', 10],
  // Times
  ['timestamp("2024-03-10T00:00:00Z") - timestamp("2024-03-09T00:00:00Z")', '86400s'], ['timestamp("2024-01-01T00:00:00Z") + duration("36h")', '2024-01-02T12:00:00Z'], ['timestamp("2024-01-01T02:00:00Z").getHours("America/New_York")', 21],
  ['timestamp("2024-01-01T00:00:00Z").getDayOfWeek()', 1], ['timestamp("2024-12-31T00:00:00Z").getDayOfYear()', 365], ['timestamp("2024-05-03T00:00:00Z").getDate() * 100 + timestamp("2024-05-03T00:00:00Z").getDayOfMonth()', 302], ['duration("90m").getHours()', 1], ['duration("1s") < duration("1m")', true],
  // Strings
  ['"hello".charAt(1)', 'e'], ['"hello".indexOf("l")', 2], ['"hello".indexOf("l", 3)', 3], ['"hello".lastIndexOf("l")', 3], ['"HeLLo é".lowerAscii()', 'hello é'], ['"a".upperAscii()', 'A'], ['"a-b-c".replace("-", "+")', 'a+b+c'], ['"a-b-c".replace("-", "", 1)', 'ab-c'],
  ['"ab".replace("", "-")', '-a-b-'], ['"a,b,c".split(",")', ['a', 'b', 'c']], ['"a,b,c".split(",", 2)', ['a', 'b,c']], ['"hello".substring(1, 3)', 'el'], ['"héllo".substring(1)', 'éllo'], ['" x ".trim()', 'x'], ['["a", "b"].join("-")', 'a-b'], ['"abc".reverse()', 'cba'],
  ['"%s is %d%% of %s".format([dyn("a"), dyn(5), dyn([1, 2])])', 'a is 5% of [1, 2]'], ['"%.2f %x %X %b %o %e".format([dyn(12345.678), dyn(255), dyn("hi"), dyn(5), dyn(8), dyn(1234.5)])', '12,345.68 ff 6869 101 10 1.234500\u202f×\u202f10⁰³'],
  ['"%s %s".format([dyn({"a": "b"}), dyn(duration("1m"))])', '{"a":"b"} 60s'], ['strings.quote("a\\"b")', '"a\\"b"'], ['"abc123def45".find("[0-9]+")', '123'], ['"abc123def45".findAll("[0-9]+")', ['123', '45']], ['"a1b2".findAll("[0-9]", 1)', ['1']], ['"foobar".matches("^foo.*")', true], ['"aé".size()', 2],
  // Lists and sets
  ['[1, 2, 2].isSorted() && ![2, 1].isSorted()', true], ['[1, 2, 3].sum()', 6], ['[1.5, 2.5].sum()', 4], ['[duration("1s"), duration("2s")].sum()', '3s'], ['[3, 1, 2].min() * 10 + [3, 1, 2].max()', 13], ['["a", "b", "a"].indexOf("a") + ["a", "b", "a"].lastIndexOf("a") * 10', 20], ['[1].indexOf(5)', -1],
  ['sets.contains([1, 2, 3], [2, 3])', true], ['sets.equivalent([1, 1, 2], [2, 1])', true], ['sets.intersects([1], [2])', false],
  // Quantities
  ['quantity("1Gi").isGreaterThan(quantity("500Mi"))', true], ['quantity("50k").asInteger()', 50000], ['quantity("500m").asApproximateFloat()', 0.5], ['quantity("1").add(quantity("500m")).compareTo(quantity("1500m"))', 0], ['quantity("10").sub(3).asInteger()', 7], ['isQuantity("1.3Gi") && !isQuantity("1.3Q")', true],
  ['quantity("200M").isInteger() && !quantity("0.5").isInteger()', true], ['quantity("-5").sign()', -1], ['quantity("1k") == quantity("1000")', true],
  // Addresses
  ['ip("127.0.0.1").isLoopback() && ip("::1").family() == 6', true], ['isIP("10.0.0.256") || isIP("010.0.0.1") || isIP("::ffff:1.2.3.4")', false], ['ip.isCanonical("2001:db8::1") && !ip.isCanonical("2001:DB8:0::1")', true], ['ip("169.254.1.1").isLinkLocalUnicast()', true], ['ip("8.8.8.8").isGlobalUnicast()', true],
  ['cidr("192.168.0.0/16").containsIP("192.168.3.4")', true], ['cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16") && !cidr("10.1.0.0/16").containsCIDR(cidr("10.0.0.0/8"))', true], ['string(cidr("10.1.2.3/8").masked())', '10.0.0.0/8'], ['cidr("10.0.0.0/8").prefixLength()', 8], ['string(cidr("10.1.2.3/8").ip())', '10.1.2.3'], ['isCIDR("10.0.0.0/33")', false],
  ['url("https://user@example.com:80/path%20a?q=1&q=2&r=3#f").getHost()', 'example.com:80'], ['url("https://[::1]:80/").getHostname()', '::1'], ['url("https://a.b:8080").getPort()', '8080'], ['url("https://a/x%20y").getEscapedPath()', '/x%20y'], ['url("https://a?q=1&q=2").getQuery()', { q: ['1', '2'] }], ['isURL("/path") && !isURL("path")', true],
  // Versions and formats
  ['semver("1.2.3").isLessThan(semver("1.10.0")) && semver("1.0.0-alpha").isLessThan(semver("1.0.0"))', true], ['semver("v1.2", true).minor()', 2], ['isSemver("1.2")', false],
  ['!format.dns1123Label().validate("good-name").hasValue()', true], ['format.named("uuid").value().validate("x").value()', ['does not match the UUID format']], ['format.named("nope").hasValue()', false],
])('%s', (expression, expected) => {
  expect(outcome(expression)).toEqual(expected);
});

test.each([
  ['int("x")', 'strconv.ParseInt: parsing "x": invalid syntax'], ['"abc".substring(5)', 'index out of range: 5'], ['"abc".substring(2, 1)', 'invalid substring range. start: 2, end: 1'], ['[1].filter(x, x > 1).min()', 'min called on empty list'],
  ['ip("nope")', 'IP Address "nope" parse error during conversion from string: ParseAddr("nope"): unable to parse IP'], ['url("nope")', 'URL parse error during conversion from string: parse "nope": invalid URI for request'], ['"%d".format([dyn("a")])', 'error during formatting: decimal clause can only be used on integers, was given string'],
  ['"%s %s".format([dyn(1)])', 'index 1 out of range'], ['"a".matches(object)', 'error parsing regexp: missing closing ]: `[`'],
])('%s fails', (expression, why) => {
  expect(outcome(expression, '[')).toBe(`error: ${why}`);
});
