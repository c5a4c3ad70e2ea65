// Writes everything under src/api/generated/ (git-ignored) from the facts and from npm packages.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDescriptions } from './descriptions.mjs';
import { dataFiles } from './data-files.mjs';
import { generatedDir, root, writeGenerated } from './paths.mjs';
import { generateSchema } from './schema.mjs';
import { generateTypes } from './types.mjs';

const filesOf = (folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name));

/** Changes with every input: this folder, the facts, the packages. */
function inputsHash() {
  const packages = ['@kubernetes/client-node', 'cdk8s-plus-33'].map((name) => join(root, 'node_modules', name, 'package.json'));
  const hash = createHash('sha256');
  for (const file of [...filesOf('scripts/generate'), ...filesOf('scripts/facts'), ...packages]) hash.update(readFileSync(file));
  return hash.digest('hex');
}

const stampFile = join(generatedDir, 'inputs.sha256');
const outputs = [...dataFiles, join(generatedDir, 'schema.ts'), join(generatedDir, 'core.v1.ts')];
const hash = inputsHash();
const isCurrent = outputs.every(existsSync) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;

if (!isCurrent) {
  await mkdir(generatedDir, { recursive: true });
  await Promise.all([generateTypes(), generateSchema(), generateDescriptions()]);
  await writeGenerated('inputs.sha256', hash);
}
