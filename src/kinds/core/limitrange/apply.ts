import type { Container, LimitRange, Pod } from '../../../api/generated/core.v1';
import { canonicalQuantity } from '../../../api/quantity';

const annotation = 'kubernetes.io/limit-ranger';

type Amounts = Record<string, string>;

interface ContainerDefaults {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

function defaultsOf({ spec }: LimitRange): ContainerDefaults {
  const items = spec?.limits?.filter(({ type }) => type === 'Container') ?? [];
  return {
    requests: Object.assign({}, ...items.map(({ defaultRequest }) => defaultRequest)) as Amounts,
    limits: Object.assign({}, ...items.map((item) => item.default)) as Amounts,
  };
}

/** Gives a container what it says nothing of. Returns what it was given, in words. */
function fill(container: Container, what: 'requests' | 'limits', defaults: Amounts, who: string): string[] {
  const given = container.resources?.[what] ?? {};
  const missing = Object.keys(defaults).filter((name) => given[name] === undefined).sort();
  if (!missing.length) return [];
  const added = Object.fromEntries(missing.map((name) => [name, canonicalQuantity(defaults[name]!)]));
  container.resources = { ...container.resources, [what]: { ...given, ...added } };
  return [`${missing.join(', ')} ${what === 'requests' ? 'request' : 'limit'} for ${who} ${container.name}`];
}

const lists = [['containers', 'container'], ['initContainers', 'init container']] as const;

/**
 * Gives the containers of a new pod the defaults of a LimitRange, and writes that down in an annotation. In place.
 * After PodMutateLimitFunc of plugin/pkg/admission/limitranger.
 */
export function applyLimitDefaults(limitRange: LimitRange, { metadata, spec }: Pod): void {
  const { requests, limits } = defaultsOf(limitRange);
  const done = lists.flatMap(([list, who]) => spec[list]?.flatMap((container) =>
    [...fill(container, 'requests', requests, who), ...fill(container, 'limits', limits, who)]) ?? []);
  if (done.length) metadata.annotations = { ...metadata.annotations, [annotation]: `LimitRanger plugin set: ${done.join('; ')}` };
}
