// Servers that leave a sender without an answer, and many engines at one queue.

import { setTimeout as sleep } from "node:timers/promises";
import { fault } from "./fault.ts";
import { settled } from "./ground.ts";

/** Half of what it does not answer was stored. No process is killed: every doubt is the server's doing. */
export const droppingSink = fault({
  name: "a server that drops 3 % before storing and 3 % after, and sometimes says nothing",
  unit: "mails",
  short: 80,
  full: 5_000,
  portion: 1_000,
  mood: { dropBefore: 0.03, dropAfter: 0.03, silenceAfter: 0.01 },
  async strike(arena, size) {
    const { crew, sink } = arena;
    await arena.scene({ mailboxes: 3, contacts: size / 2, waits: [0, 0] });
    await crew.hireMany(2);
    await settled(arena, 60_000);
    await sink.kill(); // ends what is silent; otherwise it is waited for ten minutes
    await sink.start();
    return undefined;
  },
});

/** Nothing that was dropped was stored, so sending again long after must bring every mail, and none twice. */
export const neverLost = fault({
  name: "a server that drops 10 % before storing, where no mail may be lost",
  unit: "mails",
  short: 60,
  full: 2_000,
  portion: 500,
  mood: { dropBefore: 0.1 },
  async strike(arena, size) {
    const { crew, sink } = arena;
    const { mails } = await arena.scene({ mailboxes: 2, contacts: size / 2, waits: [0, 0] });
    await arena.ask("update sequences set delivery_policy = 'never_lost'");
    await crew.hireMany(2);
    for (let round = 0; round < 20 && sink.lines().length < mails; round++) {
      await settled(arena, 10_000);
      arena.advance({ minutes: 16 });
      await sleep(1_000);
    }
    const missing = mails - sink.lines().length;
    return missing === 0 ? [] : [`${missing} mails never arrived`];
  },
});

export const eightEngines = fault({
  name: "8 engines at one queue of due mails",
  unit: "mails",
  short: 120,
  full: 100_000,
  portion: 10_000,
  async strike(arena, size) {
    await arena.scene({ mailboxes: 4, contacts: size, waits: [0] });
    await arena.crew.hireMany(8);
    await settled(arena, 10 * 60_000);
    return undefined;
  },
});
