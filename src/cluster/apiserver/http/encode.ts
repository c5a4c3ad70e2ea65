import type { Unstructured } from '../../../api/meta';
import type { Negotiated } from './media-type';
import type { Reply } from './exchange';

/** An object in the negotiated format. `line`: its JSON with a line feed, where that is known. `schema`: its key, for protobuf. */
export async function encodeObject(object: Unstructured, line: Buffer | undefined, schema: string, { format, contentType }: Negotiated, code = 200): Promise<Reply> {
  if (format === 'json') return { code, contentType, body: line ?? Buffer.from(`${JSON.stringify(object)}\n`) };
  return { code, contentType, body: await encoders[format](object, schema), object };
}

/** Loaded when first needed. */
const encoders = {
  async yaml(object: Unstructured): Promise<Buffer> {
    const { toYaml } = await import('../../../api/yaml');
    return Buffer.from(toYaml(object));
  },
  async protobuf(object: Unstructured, schema: string): Promise<Buffer> {
    const { encodeProtobuf } = await import('../../../api/protobuf');
    return encodeProtobuf(object, schema);
  },
};
