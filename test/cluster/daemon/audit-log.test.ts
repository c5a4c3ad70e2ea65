import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '../../../src/cluster/daemon/audit-log';
import { TestClock } from '../apiserver/support/registry';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'knarr-audit-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const limits = { maxAgeDays: 0, maxBackups: 0, maxSizeMB: 1 };
const files = () => readdirSync(directory).sort();
const big = { text: 'x'.repeat(600_000) };

function auditLog(more: Partial<typeof limits> = {}) {
  const clock = new TestClock();
  const lines: string[] = [];
  const log = new AuditLog({ path: join(directory, 'audit.log'), ...limits, ...more }, clock, (line) => void lines.push(line));
  return { clock, lines, log, write: (n: number) => Array.from({ length: n }, () => { log.write(big); clock.advance(86_400_000); }) };
}

test('appends a line an event, behind what is there', () => {
  writeFileSync(join(directory, 'audit.log'), '{"old":1}\n');
  const { log } = auditLog();
  log.write({ a: 1 });
  log.write({ b: 2 });
  log.close();
  expect(readFileSync(join(directory, 'audit.log'), 'utf8')).toBe('{"old":1}\n{"a":1}\n{"b":2}\n');
});

test('puts a long file aside under the time', () => {
  const { write, log } = auditLog();
  write(3);
  log.close();
  expect(files()).toEqual(['audit-2026-02-01T12-00-00.000.log', 'audit-2026-02-02T12-00-00.000.log', 'audit.log']);
});

test('keeps only so many, or those young enough, and nothing but its own is touched', () => {
  writeFileSync(join(directory, 'audit-notes.log'), '');
  const counted = auditLog({ maxBackups: 2 });
  counted.write(6);
  counted.log.close();
  expect(files()).toEqual(['audit-2026-02-04T12-00-00.000.log', 'audit-2026-02-05T12-00-00.000.log', 'audit-notes.log', 'audit.log']);
  const aged = auditLog({ maxAgeDays: 3 });
  aged.clock.advance(10 * 86_400_000);
  aged.write(2);
  aged.log.close();
  expect(files()).toEqual(['audit-2026-02-10T12-00-00.000.log', 'audit-2026-02-11T12-00-00.000.log', 'audit-notes.log', 'audit.log']);
});

test('a write that fails is told once, and does not throw', () => {
  const { log, lines } = auditLog();
  log.close();
  log.write({ a: 1 });
  log.write({ a: 2 });
  expect(lines).toEqual([expect.stringMatching(/^audit: cannot write .*audit.log: EBADF/)]);
});
