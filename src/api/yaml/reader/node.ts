import type { Mark, ScalarStyle } from './token';

interface Properties {
  mark: Mark;
  anchor?: string;
  /** Written out: `tag:yaml.org,2002:str`. */
  tag?: string;
}

export type Scalar = Properties & { kind: 'scalar'; text: string; style: ScalarStyle };
/** `flow`: written in brackets or braces. */
export type Sequence = Properties & { kind: 'sequence'; flow: boolean; items: Node[] };
export type Mapping = Properties & { kind: 'mapping'; flow: boolean; pairs: [Node, Node][] };
export type Alias = { kind: 'alias'; mark: Mark; name: string; target: Node };
export type Node = Scalar | Sequence | Mapping | Alias;
