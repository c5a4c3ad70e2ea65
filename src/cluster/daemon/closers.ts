/** What has been started, to be stopped in reverse. A failure to stop one part does not keep the others up. */
export class Closers {
  private readonly stack: { name: string; close: () => Promise<void> | void }[] = [];

  constructor(private readonly onFailure: (name: string, error: unknown) => void) {}

  add(name: string, close: () => Promise<void> | void): void {
    this.stack.push({ name, close });
  }

  async closeAll(): Promise<void> {
    for (let part = this.stack.pop(); part; part = this.stack.pop()) {
      try {
        await part.close();
      } catch (error) {
        this.onFailure(part.name, error);
      }
    }
  }
}
