// The line is cut after every byte that either side says, one run each. Whatever the server has then stored must be what
// the outcome allows: this is the promise that nothing is mailed twice, at its root.

import assert from "node:assert/strict";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { trustTestCertificates } from "../testing/post-office.ts";
import { OFFERS, type ScriptedPeer } from "../testing/scripted-peer.ts";
import { Closing, MAIL, mailbox } from "../testing/transmitting.ts";
import type { SendOutcome } from "./outcome.ts";

const closing = new Closing();
before(trustTestCertificates);
after(() => closing.close());

type Cut = { side: "client" | "server"; after: number };

/** Passes bytes on, and hangs up on both when the chosen side has said so many. */
async function openCutter(to: number) {
  let cut: Cut = { side: "client", after: Number.POSITIVE_INFINITY };
  const said = { client: 0, server: 0 };
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: to, host: "127.0.0.1", noDelay: true });
    Object.assign(said, { client: 0, server: 0 });
    const pass = (side: Cut["side"], from: Socket, into: Socket) => {
      from.on("error", () => into.destroy());
      from.on("close", () => into.destroySoon());
      from.on("data", (chunk: Buffer) => {
        const left = cut.side === side ? cut.after - said[side] : Number.POSITIVE_INFINITY;
        said[side] += chunk.length;
        into.write(chunk.subarray(0, left));
        if (left > chunk.length) return;
        from.destroy();
        into.destroySoon();
      });
    };
    pass("client", client, upstream);
    pass("server", upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    said,
    cutAt: (next: Cut) => {
      cut = next;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const STORED = { accepted: [1], refused: [0], not_started: [0], held_back: [0], ambiguous: [0, 1] } as const;

const WAYS = [
  ["pipelined", { offers: OFFERS }, 1],
  ["one command at a time", { offers: ["AUTH PLAIN"] }, 1],
  ["by STARTTLS", { security: "starttls", offers: OFFERS }, 23],
] as const;

for (const [way, script, step] of WAYS)
  test(`cut anywhere, ${way}, what is stored is what the outcome allows`, async (t) => {
    const peer = await closing.peer(script);
    const cutter = await openCutter(peer.port);
    const kinds = new Map<string, number>();
    const security = "security" in script ? script.security : "none";
    const uncut = await run(peer, cutter.port, security);
    assert.equal(uncut.kind, "accepted");
    const lengths = { ...cutter.said };
    for (const side of ["client", "server"] as const)
      for (let at = Math.floor(step / 2); at < lengths[side]; at += step) {
        cutter.cutAt({ side, after: at });
        const { kind } = await run(peer, cutter.port, security);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
    t.diagnostic(JSON.stringify([...kinds]));
    assert.ok((kinds.get("not_started") ?? 0) > 10);
    assert.ok((kinds.get("ambiguous") ?? 0) > 0, JSON.stringify([...kinds]));
    await cutter.close();
  });

async function run(peer: ScriptedPeer, port: number, security: "none" | "starttls"): Promise<SendOutcome> {
  const before = peer.stored.length;
  let asked = 0;
  const door = closing.door();
  const mayRelease = async () => {
    asked += 1;
    return true;
  };
  const outcome = await door.transmit(mailbox({ port }, security), MAIL, { mayRelease });
  await door.close();
  while (peer.open() > 0) await new Promise(setImmediate); // what is under way to the server arrives
  const stored = peer.stored.length - before;
  const said = JSON.stringify({ outcome, stored, asked });
  assert.ok((STORED[outcome.kind] as readonly number[]).includes(stored), said);
  const isPastGate = outcome.kind === "accepted" || outcome.kind === "ambiguous";
  assert.ok(asked === (isPastGate ? 1 : 0) || ("phase" in outcome && outcome.phase === "gate"), said);
  return outcome;
}
