/** Where a node is, for errors. */
interface At {
  position: number;
}

export type Operand = At & (
  | { kind: 'dot' }
  | { kind: 'nil' }
  | { kind: 'bool'; value: boolean }
  | { kind: 'number'; text: string; value: unknown }
  | { kind: 'string'; text: string; value: string }
  | { kind: 'field'; names: string[] }
  | { kind: 'variable'; names: string[] }
  | { kind: 'identifier'; name: string }
  | { kind: 'chain'; operand: Operand; names: string[] }
  | Pipe);

export interface Command extends At {
  kind: 'command';
  operands: Operand[];
}

export interface Pipe extends At {
  kind: 'pipe';
  variables: string[];
  /** `=` instead of `:=`. */
  assigns: boolean;
  commands: Command[];
}

export interface Branch extends At {
  kind: 'if' | 'range' | 'with';
  pipe: Pipe;
  then: Node[];
  otherwise?: Node[];
}

export type Node =
  | (At & { kind: 'text'; text: string })
  | (At & { kind: 'action'; pipe: Pipe })
  | (At & { kind: 'template'; name: string; pipe?: Pipe })
  | (At & { kind: 'break' | 'continue' })
  | Branch;

export type AnyNode = Node | Operand | Command;

const list = (nodes: Node[]) => nodes.map(show).join('');

/** A node as source, in the form that error messages have it. */
export function show(node: AnyNode): string {
  switch (node.kind) {
    case 'text': return node.text;
    case 'action': return `{{${show(node.pipe)}}}`;
    case 'template': return `{{template ${JSON.stringify(node.name)}${node.pipe ? ` ${show(node.pipe)}` : ''}}}`;
    case 'break': case 'continue': return `{{${node.kind}}}`;
    case 'if': case 'range': case 'with':
      return `{{${node.kind} ${show(node.pipe)}}}${list(node.then)}${node.otherwise ? `{{else}}${list(node.otherwise)}` : ''}{{end}}`;
    case 'pipe': {
      const declares = node.variables.length ? `${node.variables.join(', ')} ${node.assigns ? '=' : ':='} ` : '';
      return declares + node.commands.map(show).join(' | ');
    }
    case 'command': return node.operands.map(showOperand).join(' ');
    case 'dot': return '.';
    case 'nil': return 'nil';
    case 'bool': return String(node.value);
    case 'number': case 'string': return node.text;
    case 'field': return node.names.map((name) => `.${name}`).join('');
    case 'variable': return node.names.join('.');
    case 'identifier': return node.name;
    case 'chain': return showOperand(node.operand) + node.names.map((name) => `.${name}`).join('');
  }
}

const showOperand = (node: Operand) => (node.kind === 'pipe' ? `(${show(node)})` : show(node));
