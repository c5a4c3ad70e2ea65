import type { Subresource } from '../../../../kinds/kind';
import { admitted } from './admitted';
import { binding } from './binding';
import { eviction } from './eviction';
import { partOf } from './part';
import { scaleHandler } from './scale-handler';
import type { SubresourceHandler } from './subresource';
import { token } from './token';

/** Subresources that live in the object. The streaming ones (log, exec, …) have no entry here. */
export const subresourceHandlers: Partial<Record<Subresource, SubresourceHandler>> = {
  status: partOf('status', 'status'),
  approval: partOf('status', 'approval'),
  finalize: partOf('finalize', 'finalize'),
  ephemeralcontainers: partOf('ephemeralcontainers', 'ephemeralcontainers'),
  resize: partOf('resize', 'resize'),
  scale: scaleHandler,
  binding: admitted('binding', binding),
  eviction: admitted('eviction', eviction),
  token: admitted('token', token),
};

export type { Answer, SubresourceHandler, SubresourceType, Target } from './subresource';
