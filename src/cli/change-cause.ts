import type { KubeObject, Unstructured } from '../api/meta';
import type { ParsedArgv } from './argv/parse';
import type { Session } from './session';

const changeCauseAnnotation = 'kubernetes.io/change-cause';

/** What `--record` notes of a command line: the words, then the flags. After parseCommandArguments in genericclioptions/record_flags.go. */
export function changeCauseOf(words: readonly string[], { flags, args }: ParsedArgv): string {
  return [...words, ...args, ...flags.map(({ name, value }) => `--${name}=${value}`)].join(' ');
}

/** The object with the command line that changes it, where `--record` asks for it. */
export function withChangeCause<T extends KubeObject>({ changeCause }: Session, object: T): T {
  return changeCause === undefined ? object : { ...object, ...changeCausePatch(changeCause, object) };
}

/** Notes the command line in a request of its own, behind the one that made the change. Its failure is nobody's. */
export async function recordAfterwards(session: Session, object: Unstructured, send: (patch: object) => Promise<Unstructured>): Promise<Unstructured> {
  const { changeCause } = session;
  if (changeCause === undefined || object.metadata.annotations?.[changeCauseAnnotation] === changeCause) return object;
  return send({ metadata: { annotations: { [changeCauseAnnotation]: changeCause } } }).catch(() => object);
}

const changeCausePatch = (changeCause: string, { metadata }: KubeObject) =>
  ({ metadata: { ...metadata, annotations: { ...metadata.annotations, [changeCauseAnnotation]: changeCause } } });
