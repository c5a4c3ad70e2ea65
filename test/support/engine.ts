import { execFileSync } from 'node:child_process';

let answer: string | undefined | null = null;

/** Why no Docker engine can be used here; undefined when one answers. */
export function engineMissing(): string | undefined {
  if (answer === null) answer = ask();
  return answer;
}

function ask(): string | undefined {
  try {
    execFileSync('docker', ['version', '--format', '{{.Server.Version}}'], { stdio: 'pipe', timeout: 10_000 });
    return undefined;
  } catch {
    return 'no Docker engine answers';
  }
}

/** `describe`, or a skipped one whose title says why. With KNARR_REQUIRE_DOCKER a missing engine fails instead. */
export function describeWithEngine(title: string, tests: () => void): void {
  const missing = engineMissing();
  if (!missing) describe(title, tests);
  else if (process.env.KNARR_REQUIRE_DOCKER) describe(title, () => it('has an engine', () => { throw new Error(missing); }));
  else describe.skip(`${title} (${missing})`, tests);
}
