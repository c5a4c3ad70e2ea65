import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { kubectl, type Outcome } from '../../support/oracle';
import type { Case } from './run-case';

/** Go shows generators and changed resources by their addresses in memory, which no other run has. */
const withoutAddresses = (text: string) => text
  .replace(/&\{0x[0-9a-f]+ <nil>\}/g, 'ConfigMapGenerator')
  .replace(/(validator shouldn't modify the resource map): nodes unequal: [^]*$/, '$1\n');

/** What the real kubectl makes of a case, its directory named /k and its log lines without the time. */
export function runKubectl({ args, files }: Case): Outcome {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'kustomize-')));
  try {
    for (const [path, content] of Object.entries(files)) put(join(directory, path), content);
    const { stdout, stderr, code } = kubectl(['kustomize', ...args], '', directory);
    const plain = (text: string) => text.replaceAll(directory, '/k');
    return { stdout: plain(stdout), stderr: withoutAddresses(plain(stderr)).replace(/^[IWE]\d{4} \S+ +\d+ \S+\] /gm, ''), code };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function put(path: string, content: string | { link: string }): void {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === 'string') writeFileSync(path, content);
  else symlinkSync(content.link, path);
}
