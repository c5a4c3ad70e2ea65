/** What a strategic merge has to know of a type. Fields without lists to merge beneath them need not be told. */
export interface Schema {
  field(name: string): Schema | undefined;
  elements(): Schema | undefined;
  /** Of a list whose items are merged: the members that identify an item; none when the items are scalars. Undefined: the list is replaced. */
  readonly mergeKeys: readonly string[] | undefined;
}

/** A schema as plain data. */
class Shape implements Schema {
  constructor(private readonly fields: Record<string, Schema>, private readonly items?: Schema, readonly mergeKeys: readonly string[] | undefined = undefined) {}

  field(name: string): Schema | undefined {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  elements(): Schema | undefined {
    return this.items;
  }
}

export const object = (fields: Record<string, Schema> = {}): Schema => new Shape(fields);
export const list = (items?: Schema): Schema => new Shape({}, items);
export const mergedList = (keys: string, items: Schema = object()): Schema => new Shape({}, items, keys ? keys.split(' ') : []);
