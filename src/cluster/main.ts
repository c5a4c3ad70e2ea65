// The process behind `knarr start`: node daemon.cjs serve|remove <options as JSON>.
import { writeSync } from 'node:fs';
import { systemClock } from '../api/clock';
import { daemonTitle, startEventDescriptor, type StartEvent } from '../client/profile';
import { parseOptions, type DaemonOptions } from './daemon/options';
import { removeEverything } from './daemon/remove';
import { startDaemon } from './daemon/daemon';

/** The command that waits may be gone already; then nobody needs to know. */
function report(event: StartEvent): void {
  try {
    writeSync(startEventDescriptor, JSON.stringify(event) + '\n');
  } catch {
    return;
  }
}

async function serve(options: DaemonOptions): Promise<void> {
  const daemon = await startDaemon(options, { clock: systemClock, random: Math.random, report });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= daemon.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A terminal that closes must not take the cluster along.
  process.on('SIGHUP', () => undefined);
  process.on('uncaughtException', (error) => daemon.log(`uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (error) => daemon.log(`unhandled: ${error instanceof Error ? error.stack : String(error)}`));
}

async function main([verb, json]: string[]): Promise<void> {
  const options = parseOptions(json);
  process.title = daemonTitle(options.profile);
  if (verb === 'remove') await removeEverything(options, { clock: systemClock, random: Math.random, report });
  else await serve(options);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  report({ type: 'error', message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
