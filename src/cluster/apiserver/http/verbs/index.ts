import { create } from './create';
import { remove, removeCollection } from './delete';
import { get } from './get';
import { list } from './list';
import { patch } from './patch';
import { update } from './update';
import type { VerbHandler } from './verb';
import { watch } from './watch';
import type { Verb } from '../../../../kinds/kind';

export const verbHandlers: Record<Verb, VerbHandler> = {
  create, get, list, watch, update, patch, delete: remove, deletecollection: removeCollection,
};
