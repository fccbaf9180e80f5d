// What goes on while versions change: contacts join a sequence all the time, so that email is always going out, and a call writes ten
// times a second. Both go to whichever version answers, and remember what was acknowledged.

import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@cadenza/sdk";
import { joined, newScene } from "../../server/testing/torture/scene.ts";
import type { Team } from "../../server/testing/world.ts";
import type { Running } from "./running.ts";

const PEOPLE = 5;
const GIVES_UP_MS = 15_000;

export class Traffic {
  readonly contacts: string[] = [];
  readonly saved: string[] = [];
  refused = 0;
  longestWithoutWrite = 0;
  readonly #key: string;
  readonly #at: Running[] = [];
  readonly #stopping = new AbortController();
  #working: Promise<unknown> = Promise.resolve();
  #turn = 0;

  constructor(key: string) {
    this.#key = key;
  }

  answers(server: Running) {
    this.#at.push(server);
  }

  leaves(server: Running) {
    this.#at.splice(this.#at.indexOf(server), 1);
  }

  /** Of those that answer, one after the other. */
  get api() {
    const { url = "http://127.0.0.1:9" } = this.#at[this.#turn++ % this.#at.length] ?? {};
    return createClient({ baseUrl: url, apiKey: this.#key, retries: 0, timeoutMs: GIVES_UP_MS });
  }

  async begin(port: number) {
    const traffic = this;
    const team = {
      get api() {
        return traffic.api;
      },
    } as Team;
    const scene = await newScene(team, { port, mailboxes: 4, contacts: 20, waits: [0, 0] });
    this.contacts.push(...scene.contactIds);
    this.#working = Promise.all([this.#join(scene), this.#write()]);
  }

  async #join(scene: Parameters<typeof joined>[0]) {
    for (; !this.#stopping.signal.aborted; await sleep(250))
      await joined(scene, PEOPLE).then(
        (ids) => this.contacts.push(...ids),
        () => this.refused++,
      );
  }

  async #write() {
    let last = performance.now();
    for (let n = 0; !this.#stopping.signal.aborted; n++, await sleep(100)) {
      const wish = { first_name: `Caller${n}`, email: `caller${n}@calls${n}.example` };
      await this.api.contacts.create(wish).then(
        ({ contact }) => {
          this.saved.push(contact.id);
          this.longestWithoutWrite = Math.max(this.longestWithoutWrite, performance.now() - last);
          last = performance.now();
        },
        () => this.refused++,
      );
    }
  }

  async end() {
    this.#stopping.abort();
    await this.#working;
  }
}
