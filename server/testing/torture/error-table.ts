// Every line of the table of what a mail server can do to a sender: each becomes what the table says. A mail that may
// be tried again is sent once the server works again.

import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../doors.ts";
import { PATIENCE_MS } from "../patience.ts";
import { openSink, type SinkOptions } from "../sink.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds } from "./fault.ts";
import { holdsWithin } from "./ground.ts";
import { newScene, type TortureScene } from "./scene.ts";

type Became = "failed_before_dot" | "rejected_4xx" | "rejected_5xx" | "ambiguous" | "accepted";
type Row = [
  what: string,
  mood: Omit<SinkOptions, "file" | "port"> | null,
  became: Became,
  finally_: "sent" | "failed" | "unconfirmed" | "planned",
];

/** What takes minutes of silence to be noticed is tried with shorter limits in mail/transmit.test.ts. */
const ROWS: readonly Row[] = [
  ["nobody listens", null, "failed_before_dot", "sent"],
  ["421 for a greeting", { refuse: "greeting=421" }, "rejected_4xx", "sent"],
  ["dropped at the greeting", { hangUp: "greeting" }, "failed_before_dot", "sent"],
  ["login refused", { refuse: "auth=535" }, "rejected_5xx", "planned"],
  ["dropped at the login", { hangUp: "auth" }, "failed_before_dot", "sent"],
  ["MAIL 4xx", { refuse: "mail=451" }, "rejected_4xx", "sent"],
  ["dropped at MAIL", { hangUp: "mail" }, "failed_before_dot", "sent"],
  ["RCPT 4xx", { refuse: "rcpt=450" }, "rejected_4xx", "sent"],
  ["RCPT 5xx", { refuse: "rcpt=550/5.1.1" }, "rejected_5xx", "failed"],
  ["dropped before 354", { hangUp: "data" }, "failed_before_dot", "sent"],
  ["dropped in the body", { hangUp: "354" }, "failed_before_dot", "sent"],
  ["4xx after the dot", { refuse: "end=452" }, "rejected_4xx", "sent"],
  ["421 after the dot", { refuse: "end=421" }, "rejected_4xx", "sent"],
  ["5xx after the dot", { refuse: "end=554/5.6.0" }, "rejected_5xx", "failed"],
  ["dropped after the dot, not stored", { dropBefore: 1 }, "ambiguous", "unconfirmed"],
  ["dropped after the dot, stored", { dropAfter: 1 }, "ambiguous", "unconfirmed"],
  ["silent after the dot, then closed", { silenceAfter: 1 }, "ambiguous", "unconfirmed"],
  ["250, then dropped", { hangUp: "answered" }, "accepted", "sent"],
];

export const errorTable = fault({
  name: "every line of the error table",
  unit: `times each of ${ROWS.length}`,
  short: 1,
  full: 10,
  portion: 2,
  mayWait: true, // for another password
  async strike(arena, size) {
    await arena.crew.hireMany(2);
    return inRounds(size, async () => {
      const tried = await Promise.all(ROWS.map((row) => tryOnce(arena, row)));
      // Only then is the clock moved: a slow machine's first attempts would grow old under way.
      return (await Promise.all(tried.map((one) => goOn(arena, one)))).flat();
    });
  },
});

type Tried = Awaited<ReturnType<typeof tryOnce>>;

async function tryOnce(arena: Arena, row: Row) {
  const [, mood] = row;
  const { file } = arena.sink;
  const port = await freePort();
  const bad = await openSink({ ...mood, file, port });
  let closed: Promise<void> | null = null;
  const shut = () => {
    closed ??= bad.close();
    return closed;
  };
  if (!mood) await shut();
  const scene = await newScene(arena.team, { port, mailboxes: 1, contacts: 1, waits: [0] });
  arena.scenes.push(scene);
  const first = await firstOutcome(arena, scene, mood?.silenceAfter ? shut : null);
  return { row, scene, port, first, bad, isClosed: closed !== null };
}

async function goOn(arena: Arena, { row, scene, port, first, bad, isClosed }: Tried) {
  const [what, , became, end] = row;
  // Not closed: the other rows move the clock, so a second attempt may be at its dot by now.
  bad.behave();
  const good = isClosed ? await openSink({ file: arena.sink.file, port }) : bad;
  const isThere = await holdsWithin(() => isAt(arena, scene, end), PATIENCE_MS, 200);
  await good.close();
  return [
    ...(first === became ? [] : [`${what}: ${first}, where it is ${became}`]),
    ...(isThere ? [] : [`${what}: it was not ${end} in the end`]),
  ];
}

/** What became of the first attempt, once it has ended. */
async function firstOutcome(arena: Arena, { sequenceId }: TortureScene, shut: (() => Promise<void>) | null) {
  const ended = async () => {
    const [row] = await arena.ask<{ outcome: string | null; dot: boolean }>(
      `select a.outcome, m.delivery = 'dot' as dot from send_attempts a
         join messages m on m.team_id = a.team_id and m.id = a.message_id
        where m.sequence_id = $1 order by a.started_at limit 1`,
      [sequenceId],
    );
    if (row?.dot && shut) await sleep(500).then(shut); // it has said nothing for long enough
    return row?.outcome ?? null;
  };
  await holdsWithin(async () => (await ended()) !== null, PATIENCE_MS, 100);
  return ended();
}

async function isAt({ count, advance }: Arena, { sequenceId }: TortureScene, end: string) {
  if ((await count("from messages where sequence_id = $1 and delivery = $2", [sequenceId, end])) > 0)
    return true;
  advance({ seconds: 20 }); // mailboxes rest, and a mail that was put off waits for minutes
  return false;
}
