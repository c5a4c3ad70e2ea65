import { createInterface } from 'node:readline';
import type { Info } from '../../builder';
import type { Session } from '../../session';
import { typeOf } from './names';

/** Lists what is about to go and asks; anything but y or Y is a no. */
export async function confirmed({ streams }: Session, infos: readonly Info[]): Promise<boolean> {
  streams.out.write(`You are about to delete the following ${infos.length} resource(s):\n`);
  for (const info of infos) streams.out.write(`${typeOf(info)}/${info.name}\n`);
  streams.out.write('Do you want to continue? (y/n): ');
  const lines = createInterface({ input: streams.in });
  try {
    for await (const line of lines) {
      const answer = line.trim();
      if (answer) return answer.toLowerCase() === 'y';
    }
    return false;
  } finally {
    lines.close();
  }
}
