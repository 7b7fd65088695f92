/** Keeps the screen on while something is being sent, where the browser allows it. */

export class Awake {
  private lock: WakeLockSentinel | undefined;
  private wanted = false;

  constructor() {
    // The system takes the lock away when the page is hidden.
    document.addEventListener("visibilitychange", () => void this.update());
  }

  keep(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    void this.update();
  }

  private async update(): Promise<void> {
    if (!this.wanted || document.visibilityState !== "visible") {
      await this.lock?.release().catch(() => undefined);
      this.lock = undefined;
    } else if (!this.lock || this.lock.released) {
      this.lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
    }
  }
}
