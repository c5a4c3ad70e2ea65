// Two runs of the same line differ in what time and chance make. Each rule replaces one such thing by its name.
const rules = [
  // uids and what is derived from them
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, () => 'UID'],
  [/[0-9a-f]{64}/g, () => 'HEX64'],
  // timestamps in objects and in describe
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, () => 'TIME'],
  [/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, () => 'TIME'],
  [/(resourceVersion"?: )"\d+"/g, (_, key) => `${key}"RV"`],
  // pod-template-hash and pod suffixes
  [/-[bcdfghjklmnpqrstvwxz2456789]{5,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, () => '-HASH-RANDOM'],
  [/(pod-template-hash["']?[=:] ?["']?)[bcdfghjklmnpqrstvwxz2456789]{5,10}/g, (_, key) => `${key}HASH`],
  // ages with the padding behind them: a longer age shifts its column
  [/\b(\d+[ywdhms])+\b(?: ago)?\)? */g, () => 'AGE '],
  [/\b10\.\d+\.\d+\.\d+ */g, () => 'IP '],
];

export function normalise(text, namespace) {
  let result = text.replaceAll(namespace, 'NAMESPACE');
  for (const [pattern, replace] of rules) result = result.replace(pattern, replace);
  return result;
}
