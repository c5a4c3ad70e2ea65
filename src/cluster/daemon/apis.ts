import { kinds } from '../../kinds';
import { betaKinds } from '../../kinds/beta';
import type { Kind } from '../../kinds/kind';
import { legacyKinds } from '../../kinds/legacy';
import { parseRuntimeConfig, servedKinds } from '../../kinds/versions/runtime-config';
import type { DaemonOptions } from './options';

/** The kinds that this daemon serves. Throws for a runtime configuration that makes no sense. */
export const apisOf = ({ runtimeConfig = '', legacyApis = false }: Pick<DaemonOptions, 'runtimeConfig' | 'legacyApis'>): Kind[] =>
  servedKinds(parseRuntimeConfig(runtimeConfig), legacyApis ? [...kinds, ...legacyKinds] : kinds, betaKinds);
