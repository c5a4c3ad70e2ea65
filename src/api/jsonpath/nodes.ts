export interface Parameter {
  known: boolean;
  value: number;
  /** The end of `[n]`, which was not written. */
  derived?: boolean;
}

export interface List {
  kind: 'list';
  nodes: Node[];
}

export type Node =
  | List
  | { kind: 'text'; text: string }
  | { kind: 'field'; name: string }
  | { kind: 'identifier'; name: string }
  | { kind: 'array'; parameters: [Parameter, Parameter, Parameter] }
  | { kind: 'filter'; left: List; right: List; operator: string }
  | { kind: 'literal'; value: unknown }
  | { kind: 'wildcard' }
  | { kind: 'recursive' }
  | { kind: 'union'; alternatives: List[] };
