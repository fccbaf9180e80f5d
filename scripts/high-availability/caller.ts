// Calls both APIs all the time, and remembers what they acknowledged: none of it may be gone in the end.

import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@cadenza/sdk";

const EVERY_MS = 400;
const GIVES_UP_MS = 5_000;

export class Caller {
  readonly saved: string[] = [];
  refused = 0;
  readonly #stopping = new AbortController();
  readonly #working: Promise<void>;

  constructor(urls: readonly string[], key: string) {
    this.#working = this.#work(
      urls.map((baseUrl) => createClient({ baseUrl, apiKey: key, retries: 0, timeoutMs: GIVES_UP_MS })),
    );
  }

  async #work(clients: readonly ReturnType<typeof createClient>[]) {
    for (let n = 0; !this.#stopping.signal.aborted; n++) {
      const api = clients[n % clients.length] as ReturnType<typeof createClient>;
      const wish = { first_name: `Caller${n}`, email: `caller${n}@calls${n}.example` };
      await api.contacts.create(wish).then(
        ({ contact }) => this.saved.push(contact.id),
        () => this.refused++,
      );
      await sleep(EVERY_MS);
    }
  }

  async stop() {
    this.#stopping.abort();
    await this.#working;
  }
}
