import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinitionNames } from '../../../../api/generated/apiextensions.v1';
import { invalidValue, isDNS1035Label, required } from '../../../../api/validation';

/** Source: ValidateCustomResourceDefinitionNames. */
export function nameErrors(names: CustomResourceDefinitionNames, path: string): FieldError[] {
  const { plural, singular, kind, listKind, shortNames = [], categories = [] } = names;
  return [
    ...label(plural, `${path}.plural`),
    ...label(singular, `${path}.singular`),
    ...mixedCaseLabel(kind, `${path}.kind`),
    ...mixedCaseLabel(listKind, `${path}.listKind`),
    ...(shortNames ?? []).flatMap((name, at) => label(name, `${path}.shortNames[${at}]`, true)),
    ...(kind && kind === listKind ? [invalidValue(`${path}.listKind`, listKind, 'kind and listKind may not be the same')] : []),
    ...(categories ?? []).flatMap((name, at) => label(name, `${path}.categories[${at}]`, true)),
  ];
}

/** What is needed to serve a resource, but not in a status. */
export const missingNames = (names: CustomResourceDefinitionNames, path: string): FieldError[] =>
  (['plural', 'singular', 'kind', 'listKind'] as const).filter((name) => !names[name]).map((name) => required(`${path}.${name}`));

function label(name: string | undefined, path: string, always = false): FieldError[] {
  const wrong = name || always ? isDNS1035Label(name ?? '') : [];
  return wrong.length ? [invalidValue(path, name, wrong.join(','))] : [];
}

function mixedCaseLabel(name: string | undefined, path: string): FieldError[] {
  const wrong = name ? isDNS1035Label(name.toLowerCase()) : [];
  return wrong.length ? [invalidValue(path, name, `may have mixed case, but should otherwise match: ${wrong.join(',')}`)] : [];
}
