/** From here on Ctrl-C only aborts the session's signal: the command ends in its own way, and well. */
export function endWellOnInterrupt(): void {
  process.on('SIGINT', () => undefined);
}
