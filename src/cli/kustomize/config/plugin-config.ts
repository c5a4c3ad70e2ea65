import { parseDocument } from '../../../api/yaml/parse';
import { decodeAs, type GoStruct, type GoType } from './go-struct';

/** YAML read into a struct as sigs.k8s.io/yaml.Unmarshal does. Throws its errors. */
export const unmarshal = <T>(text: string, struct: GoStruct, strict = false): T => unmarshalAs<T>(text, { struct }, strict);

/** As unmarshal, into any type. */
export function unmarshalAs<T>(text: string, type: GoType, strict = false): T {
  let json: unknown;
  try {
    json = parseDocument(text);
  } catch (error) {
    throw new Error(`error converting YAML to JSON: ${(error as Error).message}`);
  }
  try {
    return decodeAs<T>(json, type, { strict, lenientText: true });
  } catch (error) {
    throw new Error(`error unmarshaling JSON: while decoding JSON: ${(error as Error).message}`);
  }
}
