/**
 * Several tabs of one event: each sends what was chosen in it. A new tab asks the others what they hold
 * and leaves it to them; a tab that closes says so, and another takes over. A frozen tab does not answer,
 * so its files are not lost to it.
 */

const ANSWER_MS = 250;

type Message = { ask: true } | { held: string[] } | { left: true };

export class Tabs {
  private readonly channel: BroadcastChannel | undefined;
  private readonly elsewhere = new Set<string>();

  /** `held` names the entries this tab is to send; `left` is called when another tab has closed. */
  constructor(event: string, held: () => string[], left: () => void) {
    if (typeof BroadcastChannel !== "function") return;
    this.channel = new BroadcastChannel(`epu-uploads-${event}`);
    this.channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if ("ask" in data) this.say({ held: held() });
      else if ("held" in data) for (const id of data.held) this.elsewhere.add(id);
      else left();
    });
    addEventListener("pagehide", () => this.say({ left: true }));
  }

  /** The ids that other tabs, awake now, are sending. */
  async heldElsewhere(): Promise<Set<string>> {
    this.elsewhere.clear();
    if (!this.channel) return this.elsewhere;
    this.say({ ask: true });
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    return this.elsewhere;
  }

  private say(message: Message): void {
    this.channel?.postMessage(message);
  }
}

/** Runs `work` while no other tab holds `name`; false when one does. Locks need a secure page. */
export async function exclusively(name: string, work: () => Promise<void>): Promise<boolean> {
  if (!navigator.locks) {
    await work();
    return true;
  }
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}
