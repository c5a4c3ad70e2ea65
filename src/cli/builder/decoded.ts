import type { Unstructured } from '../../api/meta';
import { schemaKeyOf } from '../../api/schema/keys';
import { asTyped } from '../print/typed';
import type { Info } from './info';

/** The object decoded into its Go type. Throws in kubectl's words for kinds that are not in its scheme. */
export async function decodedObject({ object, source }: Pick<Info, 'object' | 'source'>): Promise<Unstructured> {
  checkRegistered(object, source);
  try {
    return await asTyped(object);
  } catch (error) {
    throw new Error((error as Error).message.replace(/^\w+ in version \S+ cannot be handled as a \w+: /, source && `unable to decode ${JSON.stringify(source)}: `));
  }
}

export function checkRegistered({ apiVersion = '', kind = '' }: Unstructured, source: string): void {
  if (!schemaKeyOf(apiVersion, kind)) {
    throw new Error(`${source ? `unable to decode ${JSON.stringify(source)}: ` : ''}no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/scheme/scheme.go:28"`);
  }
}
