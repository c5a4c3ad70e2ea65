// Generated files that are read at run time, not bundled; the build copies them beside dist.
import { join } from 'node:path';
import { generatedDir } from './paths.mjs';

/** Absolute paths. `descriptions.json`: the texts of openapi and explain, read when they are first asked for. */
export const dataFiles = [join(generatedDir, 'descriptions.json')];
