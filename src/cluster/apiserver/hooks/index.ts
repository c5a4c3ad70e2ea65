import type { Random } from '../../../api/clock';
import { reviewHooks, type ReviewOptions } from '../reviews';
import type { UsageCollector } from '../metrics/collector';
import { metricsHooks } from '../metrics/hooks';
import type { Hooks } from '../registry/registry';
import { definitionHooks } from '../custom-resources/hooks';
import { bindingHooks } from './binding';
import { componentStatusHooks, type Component } from './component-status';
import { namespaceHooks } from './namespace';
import type { HookOptions } from './options';
import { serviceHooks } from './service';

const returnsDeleted: Hooks = { returnsDeleted: true };

/** By `group/plural` as stored: with the admission chain the one place in the server that names kinds. */
export const kindHooks = (options: HookOptions, random: Random, reviews: ReviewOptions, collector?: UsageCollector, components: readonly Component[] = []): ReadonlyMap<string, Hooks> => new Map<string, Hooks>([
  ['/namespaces', namespaceHooks],
  ['apiextensions.k8s.io/customresourcedefinitions', definitionHooks],
  ['/services', serviceHooks(options, random)],
  ['/bindings', bindingHooks],
  ['/componentstatuses', componentStatusHooks(components)],
  ...reviewHooks(reviews),
  ...metricsHooks(collector),
  // Whose last state is the answer to their deletion (ReturnDeletedObject in k8s.io/kubernetes/pkg/registry/core).
  ...['/pods', '/serviceaccounts', '/persistentvolumeclaims', '/persistentvolumes', '/podtemplates', '/resourcequotas']
    .map((name): [string, Hooks] => [name, returnsDeleted]),
]);
