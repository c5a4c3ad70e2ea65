import { badRequest } from '../errors';
import { tokenize, type Kind, type Token } from './lexer';
import { binaryOperators, checkKey, newRequirement, sortRequirements, type Operator, type Requirement } from './requirement';

const operators: Partial<Record<Kind, Operator>> = {
  in: 'in', notin: 'notin', '=': '=', '==': '==', '!=': '!=', '>': 'gt', '<': 'lt',
};

/** `x in (in)`: among values, the words of operators are ordinary values. */
const asValue = (token: Token): Token =>
  token.kind === 'in' || token.kind === 'notin' ? { ...token, kind: 'identifier' } : token;

class Parser {
  private position = 0;

  constructor(private readonly tokens: Token[]) {}

  private peek = () => asValue(this.raw(this.position));
  private next = () => asValue(this.raw(this.position++));
  private raw = (at: number) => this.tokens[Math.min(at, this.tokens.length - 1)]!;

  requirements(): Requirement[] {
    const found: Requirement[] = [];
    for (;;) {
      const { kind, literal } = this.peek();
      if (kind === 'end') return found;
      if (kind !== 'identifier' && kind !== '!') throw new Error(`found '${literal}', expected: !, identifier, or 'end of string'`);
      found.push(this.wrapped());
      const separator = this.next();
      if (separator.kind === 'end') return found;
      if (separator.kind !== ',') throw new Error(`found '${separator.literal}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (after.kind !== 'identifier' && after.kind !== '!') throw new Error(`found '${after.literal}', expected: identifier after ','`);
    }
  }

  private wrapped(): Requirement {
    try {
      return this.requirement();
    } catch (error) {
      throw new Error(`unable to parse requirement: ${(error as Error).message}`);
    }
  }

  private requirement(): Requirement {
    let token = this.next();
    const negated = token.kind === '!';
    if (negated) token = this.next();
    if (token.kind !== 'identifier') throw new Error(`found '${token.literal}', expected: identifier`);
    checkKey(token.literal, '<nil>');
    const key = token.literal;
    if (negated) return newRequirement(key, '!', []);
    const { kind } = this.peek();
    if (kind === 'end' || kind === ',') return newRequirement(key, 'exists', []);
    const operator = this.operator();
    const values = operator === 'in' || operator === 'notin' ? this.set() : this.exactValue();
    return newRequirement(key, operator, [...new Set(values)].sort());
  }

  private operator(): Operator {
    const { kind, literal } = this.raw(this.position++);
    const operator = operators[kind];
    if (!operator) throw new Error(`found '${literal}', expected: ${binaryOperators.join(', ')}`);
    return operator;
  }

  private exactValue(): string[] {
    const { kind } = this.peek();
    if (kind === 'end' || kind === ',') return [''];
    const token = this.next();
    if (token.kind !== 'identifier') throw new Error(`found '${token.literal}', expected: identifier`);
    return [token.literal];
  }

  private set(): string[] {
    const open = this.next();
    if (open.kind !== '(') throw new Error(`found '${open.literal}' expected: '('`);
    const { kind, literal } = this.peek();
    if (kind === ')') {
      this.next();
      return [''];
    }
    if (kind !== 'identifier' && kind !== ',') throw new Error(`found '${literal}', expected: ',', ')' or identifier`);
    const values = this.identifiers();
    if (this.next().kind !== ')') throw new Error(`found '${literal}', expected: ')'`);
    return values;
  }

  /** `a,b`, each possibly empty: `(,a)` and `(a,,b)` hold the empty string too. Stops before `)`. */
  private identifiers(): string[] {
    const values: string[] = [];
    for (;;) {
      const { kind, literal } = this.next();
      const after = this.peek();
      if (kind === 'identifier') {
        values.push(literal);
        if (after.kind === ')') return values;
        if (after.kind !== ',') throw new Error(`found '${after.literal}', expected: ',' or ')'`);
      } else if (kind === ',') {
        if (!values.length) values.push('');
        if (after.kind === ')') return [...values, ''];
        if (after.kind === ',') {
          this.next();
          values.push('');
        }
      } else throw new Error(`found '${literal}', expected: ',', or identifier`);
    }
  }
}

/**
 * The requirements of a label selector's text, sorted by key.
 * Throws BadRequest with upstream's text; `text` itself is not part of it.
 */
export function parseLabelRequirements(text: string): Requirement[] {
  try {
    return sortRequirements(new Parser(tokenize(text)).requirements());
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}
