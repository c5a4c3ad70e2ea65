interface Properties {
  /** On which it begins, from 0. */
  line: number;
  anchor?: string;
  /** Written out: `tag:yaml.org,2002:str`. */
  tag?: string;
}

export type Scalar = Properties & { kind: 'scalar'; text: string; plain: boolean };
export type Sequence = Properties & { kind: 'sequence'; items: Node[] };
export type Mapping = Properties & { kind: 'mapping'; pairs: [Node, Node][] };
export type Alias = { kind: 'alias'; line: number; name: string; target: Node };
export type Node = Scalar | Sequence | Mapping | Alias;
