import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';

/** Source: SetDefaults_CustomResourceDefinition. */
export function setCustomResourceDefinitionDefaults({ spec }: CustomResourceDefinition): void {
  // Decoding gives null for a list that is not there; validation then finds it empty.
  spec.versions ??= [];
  const { names } = spec;
  if (!names) return;
  names.singular ||= (names.kind ?? '').toLowerCase();
  if (names.kind) names.listKind ||= `${names.kind}List`;
  spec.conversion ??= { strategy: 'None' };
  const service = spec.conversion.webhook?.clientConfig?.service;
  if (service) service.port ??= 443;
}
