import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually, knarrPath, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithOracle, kubectlPath } from '../support/oracle';
import { inTerminal, type Terminal } from '../support/terminal';

jest.setTimeout(120_000);

const isInstalled = (program: string) => spawnSync(program, ['-c', ':']).error === undefined;

/** What somebody sees in front of a terminal: the same by kubectl and by knarr, on the same cluster. */
describeWithOracle('in a terminal', () => {
  let cluster: TestCluster;
  let editor: string;
  beforeAll(() => {
    cluster = startedCluster('terminal', 'sim');
    // An editor that is typed to: a line is a command of sed; it needs the terminal itself.
    editor = join(cluster.home, 'editor');
    writeFileSync(editor, '#!/bin/sh\ntest -t 0 && test -t 1 || exit 1\nprintf "line: "; read -r line; sed -i "$line" "$1"\n');
    chmodSync(editor, 0o755);
    for (const name of ['first', 'second']) {
      ok('run', name, '--image=busybox', '-i', '-t', '--', 'sh');
      ok('create', 'configmap', name, '--from-literal=key=value');
    }
    ok('run', 'talker', '--image=busybox', '--', 'sh', '-c', 'echo said; sleep infinity');
    ok('wait', '--for=condition=Ready', 'pod', '--all', '--timeout=60s');
  });
  afterAll(() => cluster.destroy());

  const ok = (...args: string[]) => {
    const { stdout, stderr, code } = cluster.knarr(args);
    if (code !== 0) throw new Error(`knarr ${args.join(' ')}: ${stderr}`);
    return stdout;
  };

  type Step = [shown: string, keys: string];

  /** Types each step's keys as soon as its text has shown behind what the step before saw. */
  async function play(terminal: Terminal, steps: readonly Step[]): Promise<{ code: number | null; screen: string }> {
    let seen = 0;
    for (const [shown, keys] of steps) {
      await eventually(() => terminal.output().includes(shown, seen)).catch(() => terminal.fail(`no ${JSON.stringify(shown)}`));
      seen = terminal.output().indexOf(shown, seen) + shown.length;
      terminal.type(keys);
    }
    return { code: await terminal.ended, screen: terminal.output() };
  }

  /** By kubectl first. `NAME` in a line is another object for each, so that both find the cluster as it was. */
  async function both(line: string, steps: readonly Step[]): Promise<{ code: number | null; screen: string }> {
    const [theirs, ours] = await Promise.all(([[kubectlPath(), 'first'], [knarrPath, 'second']] as const).map(async ([program, name]) => {
      const env = { ...cluster.env, KUBE_EDITOR: editor };
      const { code, screen } = await play(inTerminal(`exec ${program} ${line.replaceAll('NAME', name)}`, env), steps);
      return { code, screen: tidy(screen).replaceAll(name, 'NAME') };
    }));
    expect(ours).toEqual(theirs);
    return ours!;
  }

  /** The prompt comes before or after the words that announce it. */
  const tidy = (screen: string) => screen
    .replace(/kubectl-edit-\d+/g, 'kubectl-edit-NUMBER')
    .replace(/^If you don't see a command prompt, try pressing enter\.\r\n/gm, '')
    .replace(/resourceVersion: "\d+"/g, 'resourceVersion: "RV"');

  it('run -it --rm: a shell, its exit code, the pod gone', async () => {
    const { code, screen } = await both('run shell-NAME --image=busybox --restart=Never -it --rm -- sh', [
      ['/ # ', 'echo on$HOSTNAME\r'], ['\nonshell', ''], ['/ # ', '\u0003'], ['^C', ''], ['/ # ', 'exit 7\r'],
    ]);
    expect(code).toBe(7);
    expect(screen).toContain('pod "shell-NAME" deleted');
    expect(cluster.knarr(['get', 'pod', 'shell-second']).stderr).toContain('NotFound');
  });

  it.each<[string, Step[], number]>([
    ['exec -it NAME -- sh', [['/ # ', 'echo hello\r'], ['\nhello', ''], ['/ # ', 'exit 5\r']], 5],
    ['exec -it NAME -- sh', [['/ # ', '\u0004']], 0],
    ['exec -it NAME -- nosuch', [], 1],
  ])('%s ends as the command does', async (line, steps, code) => {
    expect((await both(line, steps)).code).toBe(code);
  });

  it('edit: opens again with what was wrong, and takes what is mended', async () => {
    const { code, screen } = await both('edit configmap NAME', [
      ['line: ', 's/^data:/data: x/\r'], ['line: ', 's/^data: x/data:/; s/key: value/key: other/\r'],
    ]);
    expect(code).toBe(0);
    expect(screen).toContain('edited');
    expect(ok('get', 'configmap', 'second', '-o', 'jsonpath={.data.key}')).toBe('other');
  });

  it('edit: gives up where nothing valid was saved', async () => {
    const { code, screen } = await both('edit configmap NAME', [['line: ', 's/^data:/data: x/\r'], ['line: ', 's/nothing//\r']]);
    expect(code).toBe(1);
    expect(screen).toContain('Edit cancelled, no valid changes were saved.');
  });

  it('logs -f: until Ctrl-C', async () => {
    expect((await both('logs -f talker', [['said', '\u0003']])).code).toBe(1);
  });

  it('get -w: until Ctrl-C', async () => {
    expect((await both('get configmap NAME -w -o name', [['configmap/', '\u0003']])).code).toBe(1);
  });

  // The last of these: the shells are the containers' own processes, and end with them.
  it('attach -it: joins the shell that runs', async () => {
    const { code, screen } = await both('attach -it NAME', [['/ # ', 'echo joined\r'], ['\njoined', ''], ['/ # ', 'exit 3\r']]);
    expect(screen).toContain('joined');
    expect(code).toBe(0);
  });

  const shells = [
    ['bash', '', '.bashrc', '--rcfile .bashrc -i'],
    ['zsh', 'autoload -U compinit && compinit -u -d zcompdump\n', '.zshrc', '-i'],
  ] as const;
  it.each(shells.filter(([shell]) => process.env.CI || isInstalled(shell)))('%s completes the names of live objects', async (shell, begin, file, flags) => {
    const { home } = cluster;
    writeFileSync(join(home, file), `PATH=${dirname(knarrPath)}:$PATH\n${begin}PS1='ready> '\nsource <(knarr completion ${shell})\n`);
    const terminal = inTerminal(`cd ${home} && ${shell} ${flags}`, { ...cluster.env, ZDOTDIR: home, TERM: 'dumb' });
    const { code, screen } = await play(terminal, [['ready> ', 'knarr get pod talk\t'], ['talker', '\r'], ['Running', ''], ['ready> ', 'exit 4\r']]);
    expect({ code, screen }).toEqual({ code: 4, screen: expect.stringMatching(/talker +1\/1 +Running/) });
  });
});
