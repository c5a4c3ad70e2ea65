/** What belongs to hosts: by name, by wildcard, or to all. Names are lower-case. */
export class HostTable<T> {
  private readonly exact = new Map<string, T>();
  private readonly wildcards = new Map<string, T>();
  private any: T | undefined;

  /** `deep`: a wildcard stands for any number of labels (Gateway API), else for one (Ingress). */
  constructor(private readonly deep: boolean) {}

  /** `*` or empty: any host; `*.example.com`: a wildcard. */
  set(pattern: string, value: T): void {
    const name = pattern.toLowerCase();
    if (name === '' || name === '*') this.any = value;
    else if (name.startsWith('*.')) this.wildcards.set(name.slice(1), value);
    else this.exact.set(name, value);
  }

  getOwn(pattern: string): T | undefined {
    const name = pattern.toLowerCase();
    if (name === '' || name === '*') return this.any;
    return name.startsWith('*.') ? this.wildcards.get(name.slice(1)) : this.exact.get(name);
  }

  /** The value of the pattern, made when it has none. */
  ensure(pattern: string, make: () => T): T {
    const known = this.getOwn(pattern);
    if (known !== undefined) return known;
    const made = make();
    this.set(pattern, made);
    return made;
  }

  /** The most specific one: the name, then the longest wildcard, then any. */
  find(host: string): T | undefined {
    const own = this.exact.get(host);
    if (own !== undefined) return own;
    if (this.wildcards.size > 0) {
      for (let dot = host.indexOf('.'); dot > 0; dot = host.indexOf('.', dot + 1)) {
        const value = this.wildcards.get(host.slice(dot));
        if (value !== undefined) return value;
        if (!this.deep) break;
      }
    }
    return this.any;
  }

  patterns(): string[] {
    return [...this.exact.keys(), ...[...this.wildcards.keys()].map((suffix) => `*${suffix}`), ...(this.any === undefined ? [] : ['*'])];
  }

  values(): T[] {
    return [...this.exact.values(), ...this.wildcards.values(), ...(this.any === undefined ? [] : [this.any])];
  }
}
