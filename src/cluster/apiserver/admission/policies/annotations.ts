import type { WriteContext } from '../../registry/context';

const valueBytesMax = 10 * 1024;

/** What the bindings of one policy note for the audit log. Source: auditAnnotationCollector in validating/dispatcher.go. */
export class AuditAnnotations {
  readonly #values = new Map<string, Set<string>>();

  add(key: string, value: string): void {
    const values = this.#values.get(key) ?? new Set();
    this.#values.set(key, values.add(Buffer.from(value).subarray(0, valueBytesMax).toString()));
  }

  publish(policy: string, context: WriteContext): void {
    for (const [key, values] of this.#values) context.annotate?.(`${policy}/${key}`, [...values].join(', '));
  }
}
