import type { KubeObject, Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import type { Entry } from '../../store';
import { isUnconverted, needsAsking, noteServed, served, toStored } from './served';

const underWay = new WeakMap<Entry, Map<Kind, Promise<void>>>();

/** Asks once for all whoever converts the kind: `served` then knows these states. At once where nobody has to be asked. Rejects with an ApiError. */
export async function convertAhead(kind: Kind, entries: readonly Entry[]): Promise<void> {
  const wanted = kind.conversion?.ask ? entries.filter((entry) => needsAsking(kind, entry)) : [];
  if (!wanted.length) return;
  const fresh = wanted.filter((entry) => !underWay.get(entry)?.has(kind));
  const asked = fresh.length ? ask(kind, fresh) : Promise.resolve();
  for (const entry of fresh) note(entry, kind, asked);
  await Promise.all(wanted.map((entry) => underWay.get(entry)?.get(kind)));
  await asked;
}

async function ask(kind: Kind, entries: readonly Entry[]): Promise<void> {
  try {
    const objects = await kind.conversion!.ask!(entries.map(({ object }) => object), 'served');
    entries.forEach((entry, at) => noteServed(kind, entry, objects[at]!));
  } finally {
    for (const entry of entries) underWay.get(entry)?.delete(kind);
  }
}

function note(entry: Entry, kind: Kind, work: Promise<void>): void {
  const kinds = underWay.get(entry) ?? new Map<Kind, Promise<void>>();
  underWay.set(entry, kinds.set(kind, work));
}

/** As `served`, whoever has to be asked. */
export async function servedForm(kind: Kind, stored: Entry): Promise<Entry> {
  await convertAhead(kind, [stored]);
  return served(kind, stored);
}

/** An object of the kind as it is stored, whoever has to be asked. */
export async function storedForm(kind: Kind, object: Unstructured): Promise<Unstructured> {
  const { ask: asking } = kind.conversion ?? {};
  if (!asking) return toStored(kind, object);
  const [stored] = await asking([object as KubeObject], 'stored');
  return stored as Unstructured;
}

/** Runs what calls `served`, with what it turns out to need converted before. */
export async function converting<T>(kind: Kind, read: () => T): Promise<T> {
  for (;;) {
    try {
      return read();
    } catch (error) {
      if (!isUnconverted(error)) throw error;
      await convertAhead(kind, [error.entry]);
    }
  }
}
