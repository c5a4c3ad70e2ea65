import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Answers of the real kubectl, kept in test/golden/<name>.json so that the tables which use them cost no processes.
 * `KNARR_RECORD=1` asks again and rewrites the file; a question without an answer fails otherwise.
 */
export function recorded<T>(name: string): (question: string, ask: () => T) => T {
  const file = join(__dirname, '../golden', `${name}.json`);
  const recording = process.env.KNARR_RECORD === '1';
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, T>) : {};
  const asked: Record<string, T> = {};
  afterAll(() => {
    if (!recording) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(asked, undefined, 1)}\n`);
  });
  return (question, ask) => {
    if (!recording && !(question in known)) throw new Error(`no recorded answer for ${question}: run with KNARR_RECORD=1`);
    return (asked[question] = recording ? ask() : known[question]!);
  };
}
