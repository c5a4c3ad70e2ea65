import { parseDocument } from '../../../api/yaml/parse';
import { decodeStruct, type GoStruct } from './go-struct';

/** YAML read into a struct as sigs.k8s.io/yaml.Unmarshal does. Throws its errors. */
export function unmarshal<T>(text: string, struct: GoStruct, strict = false): T {
  let json: unknown;
  try {
    json = parseDocument(text);
  } catch (error) {
    throw new Error(`error converting YAML to JSON: ${(error as Error).message}`);
  }
  try {
    return decodeStruct<T>(json, struct, { strict, lenientText: true });
  } catch (error) {
    throw new Error(`error unmarshaling JSON: while decoding JSON: ${(error as Error).message}`);
  }
}
