/** Waiting that can be cut short: when the network is back, nobody waits any longer. */
export class Pauses {
  private readonly wakers = new Set<() => void>();

  /** Resolves after `ms`, or at the next `endAll`. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.wakers.add(wake);
    });
  }

  endAll(): void {
    for (const wake of [...this.wakers]) wake();
  }
}
