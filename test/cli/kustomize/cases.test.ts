import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recorded } from '../../support/recorded';
import { runKubectl } from './oracle';
import { parseCases, runOurs } from './run-case';

const directory = join(__dirname, 'cases');
const answer = recorded<ReturnType<typeof runKubectl>>('kustomize');

describe.each(readdirSync(directory).sort())('kustomize as kubectl does: %s', (file) => {
  test.each(parseCases(readFileSync(join(directory, file), 'utf8')).map((each) => [each.name, each] as const))('%s', async (name, each) => {
    const theirs = answer(`${file}: ${name}`, () => runKubectl(each));
    expect(await runOurs(each)).toEqual(theirs);
  });
});
