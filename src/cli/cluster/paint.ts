import { Chalk, type ChalkInstance } from 'chalk';
import type { Output } from './progress';

/** Colours for what is knarr's own output: on a terminal only, and never with NO_COLOR (https://no-color.org). */
export function paint(out: Output, env: NodeJS.ProcessEnv = process.env): ChalkInstance {
  return new Chalk({ level: out.isTTY && !env['NO_COLOR'] ? 1 : 0 });
}
