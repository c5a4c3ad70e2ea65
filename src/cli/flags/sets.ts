import { flagTable } from './spec';

/** How objects are printed. kubectl's PrintFlags. */
export const outputFlags = flagTable({
  'output': { type: 'string', short: 'o', help: 'Output format: json, yaml, name, go-template, go-template-file, jsonpath, jsonpath-as-json, jsonpath-file.' },
  'template': { type: 'string', help: 'The template, or its file, for -o go-template and go-template-file.' },
  'allow-missing-template-keys': { type: 'bool', default: true, help: 'Ignore fields and map keys that a template names and the object lacks.' },
  'show-managed-fields': { type: 'bool', help: 'Keep managedFields in JSON and YAML.' },
});

export const filenameFlags = flagTable({
  'filename': { type: 'list', short: 'f', help: 'Manifest: a file, a directory, or - for standard input.' },
  'kustomize': { type: 'string', short: 'k', help: 'A kustomization directory.' },
  'recursive': { type: 'bool', short: 'R', help: 'Look for manifests in the directories of directories too.' },
});

export const selectorFlags = flagTable({
  'selector': { type: 'string', short: 'l', help: 'Only objects with these labels: a=b,c!=d,e in (f,g).' },
});

export const fieldSelectorFlags = flagTable({
  'field-selector': { type: 'string', help: 'Only objects with these field values: metadata.name=web,status.phase!=Running.' },
});

export const allNamespacesFlags = flagTable({
  'all-namespaces': { type: 'bool', short: 'A', help: 'Look in all namespaces.' },
});

/** `--dry-run` alone means client, with a warning. Read it by `dryRunStrategy` (cli/dry-run.ts). */
export const dryRunFlags = flagTable({
  'dry-run': { type: 'string', default: 'none', bare: 'unchanged', help: 'none, server (ask the server, change nothing) or client (do not ask it).' },
});

export const validateFlags = flagTable({
  'validate': { type: 'string', default: 'strict', bare: 'strict', help: 'Unknown and duplicate fields: strict (an error), warn or ignore.' },
});

/** `--record`: keep the command line as the objects' change cause (change-cause.ts). */
export const recordFlags = flagTable({
  'record': { type: 'bool', help: 'Keep this command line as the change cause.', hidden: true, deprecated: '--record will be removed in the future' },
});

/** Who owns the fields that this command sets: `kubectl-create` and so on. */
export const fieldManagerFlags = <const Name extends string>(manager: Name) => flagTable({
  'field-manager': { type: 'string', default: manager, help: 'Name of the manager of the fields that are set.' },
});
