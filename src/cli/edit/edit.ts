import { goSyntax } from '../../api/go/syntax';
import type { Unstructured } from '../../api/meta';
import { parseYamlOrJson, toYaml } from '../../api/yaml';
import { infosOf, type Info } from '../builder';
import { withChangeCause } from '../change-cause';
import { ExitError } from '../errors';
import { withLastApplied } from '../last-applied';
import { checkObject } from '../manifest-check';
import { goJson } from '../print/go-json';
import { noPrinter } from '../print/printer';
import type { Session } from '../session';
import type { FieldValidation } from '../validation-directive';
import { removeFile, type OpenEditor } from './editor';
import { noResults, noteInvalidFile, type EditResults } from './results';
import { hasLines, headerText, meaningOf, withoutComments, type Heading } from './text';

export interface EditOptions {
  heading: Heading;
  open: OpenEditor;
  /** '' is yaml. */
  output: string;
  windowsLineEndings: boolean;
  validation: FieldValidation;
  /** Keep the configuration in the annotation that apply reads. */
  saveConfig: boolean;
  /** Does with one edited object what the edit is for; `results` takes note of what the server refused. */
  act(edited: Info, results: EditResults): Promise<void>;
}

const sourceName = 'edited-file';

/**
 * Lets the user edit objects, one file for all of them, until the file is taken or given up.
 * After EditOptions.Run in k8s.io/kubectl/pkg/cmd/util/editor; throws its texts.
 */
export async function editObjects(session: Session, infos: readonly Info[], options: EditOptions): Promise<void> {
  const { err } = session.streams;
  const say = (line: string) => void err.write(`${line}\n`);
  const format = formatOf(options.output);
  const objects = infos.map(({ object }) => withoutManagedFields(object));
  const printed = format.print(objects.length === 1 ? objects[0]! : bareList(objects));
  const original = format.header(options.heading, noResults()) + printed;
  let results = noResults();
  let kept = '';
  let edited = '';
  for (let again = false; ; again = true) {
    const text = format.header(options.heading, results) + (again ? withoutComments(edited) : printed);
    const previous = edited;
    const opened = await keeping(say, kept, () => options.open(options.windowsLineEndings ? text.replaceAll('\n', '\r\n') : text, format.extension));
    const { file } = opened;
    edited = opened.text;
    if (kept) removeFile(kept);
    kept = file;
    if (again && meaningOf(previous) === meaningOf(edited)) await keeping(say, file, fail('Edit cancelled, no valid changes were saved.'));
    results = noResults();
    const invalid = fileProblem(edited, options.validation);
    if (invalid) {
      say(noteInvalidFile(results, invalid, infos[0]!));
      continue;
    }
    const cancelled = meaningOf(original) === meaningOf(edited) ? 'no changes made.' : hasLines(edited) ? '' : 'saved file was empty.';
    if (cancelled) {
      removeFile(file);
      return say(`Edit cancelled, ${cancelled}`);
    }
    const read = await readEdited(session, edited, results);
    if (!read) continue;
    await keeping(say, file, () => actOnAll(session, read.map((info) => prepared(session, info, infos, options)), results, options));
    concludeFailures(results, file, say);
    if (!results.reasons.length) return removeFile(file);
  }
}

/** A failure leaves the user's work in its file, and says where. */
async function keeping<T>(say: (line: string) => void, file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (file) say(`A copy of your changes has been stored to ${JSON.stringify(file)}`);
    throw error;
  }
}

const fail = (message: string) => () => Promise.reject(new Error(message));

/** Both are printed as Go's maps are: keys sorted. Only YAML has room for comments. */
function formatOf(output: string) {
  if (output === 'json') return { extension: '.json', print: (object: Unstructured) => `${goJson(object, '    ')}\n`, header: () => '' };
  if (output && output !== 'yaml') throw noPrinter(output, [], ['json', 'yaml']);
  return { extension: '.yaml', print: (object: Unstructured) => toYaml(object), header: (heading: Heading, { reasons }: EditResults) => headerText(heading, reasons) };
}

const bareList = (items: Unstructured[]) => ({ apiVersion: 'v1', kind: 'List', metadata: {}, items }) as unknown as Unstructured;

function withoutManagedFields(object: Unstructured): Unstructured {
  const { managedFields: _managed, ...metadata } = object.metadata;
  return { ...object, metadata } as Unstructured;
}

function fileProblem(text: string, validation: FieldValidation): Error | undefined {
  if (validation === 'Ignore') return undefined;
  try {
    return checkObject(parseYamlOrJson(meaningOf(text), { bigints: true }));
  } catch (error) {
    return error as Error;
  }
}

/** The objects of the file; undefined when it cannot be read, and then the results say why. */
async function readEdited(session: Session, text: string, results: EditResults): Promise<Info[] | undefined> {
  try {
    const namespace = await session.namespace();
    return await infosOf(session, { namespace: { ...namespace, explicit: false } }, text, sourceName);
  } catch (error) {
    results.reasons.push({ head: `The edited file had a syntax error: ${(error as Error).message}`, fields: [] });
    return undefined;
  }
}

/** The edited object with what was left out of the file. */
function prepared(session: Session, info: Info, originals: readonly Info[], { saveConfig }: EditOptions): Info {
  const managedFields = originalOf(info, originals)?.object.metadata.managedFields;
  const bare = withoutManagedFields(info.object);
  const object = managedFields ? { ...bare, metadata: { ...bare.metadata, managedFields } } : bare;
  return { ...info, object: withChangeCause(session, saveConfig ? withLastApplied(object) : object) };
}

/** kubectl goes on after a failure and reports only that of the last object. */
async function actOnAll(session: Session, infos: readonly Info[], results: EditResults, { act }: EditOptions): Promise<void> {
  const { name: namespace } = await session.namespace();
  for (const info of infos) requireNamespace(info, namespace);
  let failure: unknown;
  for (const info of infos) failure = await act(info, results).then(() => undefined, (error: unknown) => error);
  if (failure) throw failure;
}

function requireNamespace({ resource, namespace }: Info, wanted: string): void {
  if (!resource.namespaced || namespace === wanted) return;
  throw new Error(`the namespace from the provided object ${JSON.stringify(namespace)} does not match the namespace ${JSON.stringify(wanted)}. You must pass '--namespace=${namespace}' to perform this operation.`);
}

function concludeFailures({ retryable, missing }: EditResults, file: string, say: (line: string) => void): void {
  if (!retryable && !missing) return;
  say(retryable ? `You can run \`kubectl replace -f ${file}\` to try this update again.` : `The edits you made on deleted resources have been saved to ${JSON.stringify(file)}`);
  throw new ExitError(1);
}

function originalOf({ object }: Info, originals: readonly Info[]): Info | undefined {
  return originals.find((original) => original.object.metadata.uid === object.metadata.uid);
}

/** What an edited object was before. Throws when there is none of its uid. */
export function requireOriginal(info: Info, originals: readonly Info[]): Unstructured {
  const original = originalOf(info, originals);
  if (!original) throw new Error(`no original object found for &unstructured.Unstructured{Object:${goSyntax(info.object)}}`);
  return original.object;
}
