import { versionMismatch, clientVersion } from '../../../../src/cli/client-version';

const other = { ...clientVersion, major: '1', minor: '32', gitVersion: 'v1.32.3', gitCommit: 'abc', emulationMajor: '1' };

it('takes a server of the same version', () => {
  expect(versionMismatch({ ...clientVersion, platform: 'plan9/mips', emulationMajor: '1' })).toBeUndefined();
});

it.each([['gitVersion', 'v1.33.8'], ['gitCommit', 'abc'], ['gitTreeState', 'dirty']])('refuses another %s', (field, value) => {
  expect(versionMismatch({ ...clientVersion, [field]: value })?.message).toMatch(/^server version \(&version\.Info\{.*\}\) differs from client version \(version\.Info\{.*\}\)$/);
});

it('shows both as Go does', () => {
  expect(versionMismatch(other)!.message).toContain('server version (&version.Info{Major:"1", Minor:"32", EmulationMajor:"1", EmulationMinor:"", MinCompatibilityMajor:"", '
    + 'MinCompatibilityMinor:"", GitVersion:"v1.32.3", GitCommit:"abc", GitTreeState:"clean", BuildDate:"1970-01-01T00:00:00Z", GoVersion:"none", Compiler:"node", Platform:');
});
