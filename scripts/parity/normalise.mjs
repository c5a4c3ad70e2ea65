// Two runs of the same line differ in what time and chance make. Each rule replaces one such thing by its name, and
// the padding behind it, which follows its width.
import { withPlainTables } from './tables.mjs';

const safe = 'bcdfghjklmnpqrstvwxz2456789';

const rules = [
  // what kubectl's Go libraries log besides, with a time and a process id
  [/^[IWE]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ \S+\.go:\d+\] .*\n/gm, ''],
  // uids and what is derived from them
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID'],
  [/[0-9a-f]{64}/g, 'HEX64'],
  [/applyset-[\w-]{43}-v1/g, 'APPLYSET'],
  // files that are edited
  [/\b(kubectl-edit-)\d+/g, '$1NUMBER'],
  // folders that are compared, and when their files were written
  [/\b(LIVE|MERGED)-\w+/g, '$1-RANDOM'],
  [/\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d{4}/g, '\tTIME'],
  // times
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC/g, 'TIME'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME'],
  [/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, 'TIME'],
  [/(resourceVersion"?: ?)"\d+"/g, '$1"RV"'],
  [/(Resource Version: +|\bresourceVersion:)\d+/g, '$1RV'],
  // generated names: an event's, a ReplicaSet's pods, what generateName makes
  [/\.[0-9a-f]{16}\b/g, '.RANDOM'],
  [new RegExp(`-[${safe}]{5,10}-[${safe}]{5}\\b`, 'g'), '-HASH-RANDOM'],
  [new RegExp(`-[${safe}]{5}\\b`, 'g'), '-RANDOM'],
  // ages, in tables with the heading and the rule above them
  [/\b(\d+[ywdhms])+\b( ago)?(\))? */g, 'AGE$2$3 '],
  [/\b(AGE|Age|LAST SEEN|FIRST SEEN) +/g, '$1 '],
  [/ \(x\d+ over AGE\) /g, ' '],
  [/---- +/g, '---- '],
  // addresses and node ports
  [/\b10\.\d+\.\d+\.\d+\b */g, 'IP '],
  [/\b127\.0\.0\.\d+\b */g, 'LOOPBACK '],
  [/\b(IPS?|CLUSTER-IP|ENDPOINTS) +/g, '$1 '],
  [/\b3[0-2]\d{3}(?=\/(TCP|UDP))/g, 'NODEPORT'],
  [/((node|Node)Port"?: +|HealthCheck NodePort: +)\d+/g, '$1NODEPORT'],
];

export function normalise(text, namespace) {
  return rules.reduce((result, [pattern, name]) => result.replace(pattern, name), withPlainTables(text).replaceAll(namespace, 'NAMESPACE'));
}
