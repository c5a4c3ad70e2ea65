import { kinds } from '../../kinds';
import { betaKinds } from '../../kinds/beta';
import type { Kind } from '../../kinds/kind';
import { parseRuntimeConfig, servedKinds } from '../../kinds/versions/runtime-config';
import type { DaemonOptions } from './options';

/** The kinds that this daemon serves. Throws for a runtime configuration that makes no sense. */
export const apisOf = ({ runtimeConfig = '' }: Pick<DaemonOptions, 'runtimeConfig'>): Kind[] =>
  servedKinds(parseRuntimeConfig(runtimeConfig), kinds, betaKinds);
