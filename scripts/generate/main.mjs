// Writes everything under src/api/generated/ (git-ignored) from the facts and from npm packages.
import { mkdir } from 'node:fs/promises';
import { generatedDir } from './paths.mjs';
import { generateSchema } from './schema.mjs';
import { generateTypes } from './types.mjs';

await mkdir(generatedDir, { recursive: true });
await generateTypes();
await generateSchema();
