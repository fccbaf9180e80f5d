import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { openCrashPoints } from "../seams.ts";
import type { ScriptedPeer } from "../testing/scripted-peer.ts";
import { until } from "../testing/sending.ts";
import { Closing, go, MAIL, mailbox } from "../testing/transmitting.ts";
import type { MailService } from "./door.ts";

const closing = new Closing();
after(() => closing.close());

const kind = async (door: MailService, peer: ScriptedPeer, mayRelease = go) =>
  (await door.transmit(mailbox(peer), MAIL, { mayRelease })).kind;

const count = (peer: ScriptedPeer, verb: string) =>
  peer.commands.filter((line) => line.startsWith(verb)).length;

test("one connection and one login carry many mails, as many as each may", async () => {
  const peer = await closing.peer();
  const door = closing.door({}, { mailsEach: 4 });
  for (let i = 0; i < 10; i += 1) assert.equal(await kind(door, peer), "accepted");
  assert.deepEqual([peer.connections, count(peer, "AUTH"), peer.stored.length], [3, 3, 10]);
});

test("after a refusal the server is told to forget, and the connection goes on", async () => {
  const peer = await closing.peer({ rcpt: "550 5.1.1 nobody", data: "503 5.5.1 for whom?" });
  const door = closing.door();
  assert.equal(await kind(door, peer), "refused");
  peer.script = {};
  assert.equal(await kind(door, peer), "accepted");
  assert.deepEqual([peer.connections, count(peer, "RSET")], [1, 1]);
});

test("no connection is used again whose last mail was held back or ended in doubt", async () => {
  const peer = await closing.peer();
  const door = closing.door();
  assert.equal(await kind(door, peer, async () => false), "held_back");
  peer.script = { end: "silence" };
  assert.equal(await kind(door, peer), "ambiguous");
  peer.script = { end: { say: "421 4.3.2 bye", after: "drop" }, stores: false };
  assert.equal(await kind(door, peer), "refused");
  peer.script = { end: "250 2.0.0 ok\r\n250 2.0.0 and more" };
  assert.equal(await kind(door, peer), "accepted");
  peer.script = {};
  assert.equal(await kind(door, peer), "accepted");
  assert.equal(peer.connections, 5);
});

test("many mails at once share few connections, and none has two under way", async () => {
  const peer = await closing.peer();
  const door = closing.door({ dot: 2000 }, { perMailbox: 2 });
  let most = 0;
  const mayRelease = async () => {
    most = Math.max(most, peer.open());
    await wait(2);
    return true;
  };
  const kinds = await Promise.all(Array.from({ length: 40 }, () => kind(door, peer, mayRelease)));
  assert.ok(kinds.every((one) => one === "accepted"));
  assert.deepEqual([peer.connections, most, peer.stored.length], [2, 2, 40]);
  assert.ok(peer.stored.every((body) => body.equals(MAIL.raw)));
});

test("a caller that waits in line goes on when others fail", async () => {
  const peer = await closing.peer({ greeting: "drop" });
  const door = closing.door({}, { perMailbox: 1 });
  const kinds = await Promise.all(Array.from({ length: 5 }, () => kind(door, peer)));
  assert.deepEqual(kinds, Array(5).fill("not_started"));
  peer.script = {};
  assert.equal(await kind(door, peer), "accepted");
});

test("a connection that rests is left after a while, and a door that closes leaves all", async () => {
  const peer = await closing.peer();
  const door = closing.door({}, { idleMs: 100 });
  await kind(door, peer);
  await until(async () => count(peer, "QUIT") === 1 && peer.open() === 0);
  await kind(door, peer);
  await door.close();
  await until(async () => count(peer, "QUIT") === 2 && peer.open() === 0);
});

test("a server that tired of a resting connection costs a mail nothing", async () => {
  const peer = await closing.peer();
  const door = closing.door({}, { trustedMs: 0 });
  await kind(door, peer);
  peer.script = { rset: "drop" };
  assert.equal(await kind(door, peer), "accepted");
  const trusting = closing.door({}, { trustedMs: 60_000 });
  peer.script = {};
  await kind(trusting, peer);
  const had = peer.connections;
  for (const mail of ["drop", "421 4.7.0 enough mails on this connection"] as const) {
    let asked = 0;
    peer.script = {
      mail: (socket) =>
        asked++ ? socket.write("250 ok\r\n") : mail === "drop" ? socket.destroy() : socket.end(`${mail}\r\n`),
    };
    assert.equal(await kind(trusting, peer), "accepted", mail);
  }
  assert.deepEqual([peer.connections, peer.stored.length], [had + 2, 5]);
});

test("a new password signs in anew", async () => {
  const peer = await closing.peer();
  const door = closing.door();
  await kind(door, peer);
  const login = { kind: "password", username: "ines", password: "another" } as const;
  await door.transmit(mailbox(peer, "none", login), MAIL, { mayRelease: go });
  assert.deepEqual([peer.connections, count(peer, "AUTH")], [2, 2]);
});

test("a token signs in, and one that is refused is told as a refusal", async () => {
  const peer = await closing.peer();
  const door = closing.door();
  const login = { kind: "oauth", username: "ines@norrland.example", accessToken: "ya29.token" } as const;
  const sent = () => door.transmit(mailbox(peer, "none", login), MAIL, { mayRelease: go });
  assert.equal((await sent()).kind, "accepted");
  const shown = peer.commands.find((line) => line.startsWith("AUTH XOAUTH2"))?.split(" ")[2] ?? "";
  assert.equal(
    Buffer.from(shown, "base64").toString(),
    "user=ines@norrland.example\x01auth=Bearer ya29.token\x01\x01",
  );
  peer.script = { auth: "334 eyJzdGF0dXMiOiI0MDAifQ==" };
  await door.close();
  const fresh = closing.door();
  const outcome = await fresh.transmit(mailbox(peer, "none", login), MAIL, { mayRelease: go });
  assert.deepEqual(outcome, {
    kind: "refused",
    phase: "login",
    permanent: true,
    code: 535,
    enhanced: "5.7.8",
    serverSaid: "535 5.7.8 token refused",
  });
});

const CRASHES = [
  ["after-connect", "rejects", 0],
  ["after-auth", "rejects", 0],
  ["after-rcpt", "rejects", 0],
  ["after-body", "rejects", 0],
  ["dot-written", "ambiguous", 1],
  ["reply-read", "ambiguous", 1],
] as const;

for (const [point, became, stored] of CRASHES)
  test(`an error of our own at ${point} is ${became === "rejects" ? "an error: nothing was sent" : "doubt"}`, async () => {
    const peer = await closing.peer();
    const door = closing.door();
    openCrashPoints({ clockFile: null, crash: `${point}=error` });
    try {
      if (became === "rejects") await assert.rejects(kind(door, peer), /injected/);
      else assert.equal(await kind(door, peer), became);
    } finally {
      openCrashPoints(null);
    }
    await until(async () => peer.open() === 0);
    assert.equal(peer.stored.length, stored);
    assert.equal(await kind(door, peer), "accepted");
  });
