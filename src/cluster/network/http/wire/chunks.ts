const [tab, lf, cr, space, colon, semicolon] = [9, 10, 13, 32, 58, 59];

/** Extensions and trailers, together. */
const besidesBytesMax = 16 * 1024;
const sizeDigitsMax = 12;

const isToken = Array.from({ length: 256 }, (_, code) => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(code)));
const isText = (code: number): boolean => code === tab || (code >= space && code !== 127);

function hexOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

type State = 'size' | 'extension' | 'size end' | 'data' | 'data end' | 'data end 2' | 'line' | 'name' | 'value' | 'value end' | 'end';

/**
 * Follows a body in chunks (RFC 9112 7.1) to its end without copying it. Stricter than many: no white space about a size, no bare LF.
 */
export class ChunkScanner {
  private state: State = 'size';
  private size = 0;
  private digits = 0;
  private besides = 0;

  /** Where in the bytes the body ends, its trailers included; -1: it goes on behind them; undefined: it is no such body. */
  scan(bytes: Buffer, from: number): number | undefined {
    let at = from;
    while (at < bytes.length) {
      if (this.state === 'data') {
        const step = Math.min(this.size, bytes.length - at);
        at += step;
        this.size -= step;
        if (this.size === 0) this.state = 'data end';
        continue;
      }
      const code = bytes[at++]!;
      if (this.state === 'end' && code === lf) return at;
      const next = this.step(code);
      if (next === undefined) return undefined;
      this.state = next;
    }
    return -1;
  }

  /** Undefined: the byte cannot be here. */
  private step(code: number): State | undefined {
    switch (this.state) {
      case 'size': return this.sizeStep(code);
      case 'extension': return code === cr ? 'size end' : this.beside(isText(code), 'extension');
      case 'size end': return code === lf ? this.afterSize() : undefined;
      case 'data end': return code === cr ? 'data end 2' : undefined;
      case 'data end 2': return code === lf ? 'size' : undefined;
      case 'line': return code === cr ? 'end' : this.beside(isToken[code]!, 'name');
      case 'name': return code === colon ? 'value' : this.beside(isToken[code]!, 'name');
      case 'value': return code === cr ? 'value end' : this.beside(isText(code), 'value');
      case 'value end': return code === lf ? 'line' : undefined;
      default: return undefined;
    }
  }

  private sizeStep(code: number): State | undefined {
    const digit = hexOf(code);
    if (digit >= 0 && this.digits < sizeDigitsMax) {
      this.size = this.size * 16 + digit;
      this.digits++;
      return 'size';
    }
    if (this.digits === 0) return undefined;
    return code === cr ? 'size end' : code === semicolon ? 'extension' : undefined;
  }

  private afterSize(): State {
    this.digits = 0;
    return this.size === 0 ? 'line' : 'data';
  }

  private beside(isAllowed: boolean, next: State): State | undefined {
    return isAllowed && ++this.besides <= besidesBytesMax ? next : undefined;
  }
}
