import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { SendOutcome } from "../mail/outcome.ts";
import { type MailParts, prepareMail } from "../mail/prepared-mail.ts";
import { trustTestCertificates } from "./post-office.ts";
import { readRecording } from "./recording.ts";
import { openSink, type SinkLine, type SinkOptions, type Unanswered } from "./sink.ts";
import { Closing, go, mailbox } from "./transmitting.ts";

const closing = new Closing();
const folder = mkdtempSync(join(tmpdir(), "cadenza-sink-"));
let files = 0;

before(trustTestCertificates);
after(async () => {
  await closing.close();
  rmSync(folder, { recursive: true });
});

function newFile() {
  files += 1;
  return join(folder, `${files}.jsonl`);
}

async function mailNo(i: number, parts: Partial<MailParts> = {}) {
  const { mail } = await prepareMail({
    recipient: `p${i}@kund.example`,
    from: { name: "Inès", address: "ines@norrland.example" },
    replyTo: null,
    to: [{ name: null, address: `p${i}@kund.example` }],
    cc: [],
    subject: "Hej",
    html: `<p>Hej T:contact-${i}:1</p>`,
    text: `Hej T:contact-${i}:1`,
    messageId: `<m${i}@norrland.example>`,
    date: Temporal.Instant.from("2026-11-20T09:30:00Z"),
    inReplyTo: null,
    references: [],
    unsubscribe: { url: "https://cadenza.example/u/1", mailto: null },
    attachments: [],
    token: null,
    dkim: null,
    ...parts,
  });
  assert.ok(mail);
  return mail;
}

async function sink(options: Partial<SinkOptions> = {}) {
  const file = newFile();
  const open = await openSink({ file, ...options });
  const door = closing.door({ dot: 1000 }, { perMailbox: 5 });
  const security = options.security ?? "none";
  const send = async (i: number, parts?: Partial<MailParts>) =>
    door.transmit(mailbox(open, security), await mailNo(i, parts), { mayRelease: go });
  return { file, send, close: () => door.close().then(() => open.close()) };
}

test("each mail is a line, with its tokens whatever the encoding", async () => {
  for (const security of ["none", "tls", "starttls"] as const) {
    const { file, send, close } = await sink({ security });
    const reply = { inReplyTo: "<m0@norrland.example>", references: ["<m0@norrland.example>"] };
    assert.equal((await send(1)).kind, "accepted");
    await send(2, {
      ...reply,
      unsubscribe: null,
      text: `${"日本語".repeat(60)} T:contact-2:2 ${"語".repeat(90)}`,
      html: null,
    });
    await send(3, { html: null, text: `${"long ".repeat(13)}T:contact-3:a-1.b ${"å".repeat(30)}` });
    const [first, second, third] = readRecording<SinkLine>(file);
    assert.deepEqual(
      { ...first, at: "", bytes: 0 },
      {
        n: 1,
        at: "",
        rcpt: "p1@kund.example",
        nrcpt: 1,
        message_id: "<m1@norrland.example>",
        in_reply_to: null,
        tokens: ["T:contact-1:1"],
        contact_token: "contact-1",
        step_token: "1",
        has_unsub: true,
        has_post: true,
        from: "ines@norrland.example",
        login: "ines",
        bytes: 0,
      },
    );
    assert.deepEqual(
      [second?.in_reply_to, second?.tokens, second?.has_unsub],
      ["<m0@norrland.example>", ["T:contact-2:2"], false],
    );
    assert.deepEqual(third?.tokens, ["T:contact-3:a-1.b"]);
    await close();
  }
});

test("it is moody as told, the same for the same seed, and what it stored is what it wrote", async () => {
  const moods = {
    dropBefore: 0.1,
    dropAfter: 0.1,
    silenceAfter: 0.05,
    refuse: "rcpt=550:0.1,end=451:0.1,mail=451@x",
    seed: 42,
  };
  const run = async () => {
    const { file, send, close } = await sink({ ...moods, before: "0-2", after: "1" });
    const outcomes: SendOutcome[] = [];
    for (let i = 0; i < 40; i += 1) outcomes.push(await send(i));
    await close();
    return { outcomes, stored: new Set(readRecording<SinkLine>(file).map((line) => line.rcpt)) };
  };
  const { outcomes, stored } = await run();
  for (const [i, outcome] of outcomes.entries()) {
    const isStored = stored.has(`p${i}@kund.example`);
    if (outcome.kind === "accepted") assert.ok(isStored, `${i} was taken`);
    if (outcome.kind === "refused" || outcome.kind === "not_started") assert.ok(!isStored, `${i} was not`);
  }
  const kinds = outcomes.map(({ kind }) => kind);
  for (const kind of ["accepted", "refused", "ambiguous"])
    assert.ok(kinds.includes(kind as "accepted"), kind);
  const unclear = outcomes.flatMap(({ kind }, i) =>
    kind === "ambiguous" ? [stored.has(`p${i}@kund.example`)] : [],
  );
  assert.ok(
    unclear.includes(true) && unclear.includes(false),
    "doubt is doubt: some were stored, some were not",
  );
  const again = await run();
  assert.deepEqual(
    again.outcomes.map(({ kind }) => kind),
    kinds,
  );
});

test("as many mails are lost and refused when they come five at a time as one after another", async () => {
  const moods = {
    dropBefore: 0.2,
    dropAfter: 0.2,
    refuse: "end=451:0.2",
    before: "0-9",
    after: "0-9",
    seed: 3,
  };
  const run = async (lanes: number) => {
    const { send, close } = await sink(moods);
    const left = Array.from({ length: 40 }, (_, n) => n);
    const kinds: string[] = [];
    const lane = async () => {
      for (let n = left.shift(); n !== undefined; n = left.shift()) kinds.push((await send(n)).kind);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await close();
    return kinds.sort();
  };
  assert.deepEqual(await run(5), await run(1));
});

test("a password is checked, and words in an address decide a refusal", async () => {
  const wrong = await sink({ password: "another" });
  const outcome = await wrong.send(1);
  assert.deepEqual([outcome.kind, "phase" in outcome && outcome.phase], ["refused", "login"]);
  await wrong.close();
  const picky = await sink({ refuse: "rcpt=550@p7@" });
  assert.deepEqual([(await picky.send(6)).kind, (await picky.send(7)).kind], ["accepted", "refused"]);
  await picky.close();
  await assert.rejects(openSink({ file: newFile(), refuse: "rcpt=250" }), /cannot be read/);
});

test("killed at any moment, every mail it answered is on the disk", async () => {
  const file = newFile();
  const accepted: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const { child, port } = await started(file);
    const door = closing.door({}, { perMailbox: 5 });
    let isOver = false;
    child.once("exit", () => {
      isOver = true;
    });
    const enough = accepted.length + 5 + round * 3;
    const lane = async (lane: number) => {
      for (let i = 0; !isOver; i += 1) {
        const no = round * 1_000_000 + lane * 10_000 + i;
        const outcome = await door.transmit(mailbox({ port }), await mailNo(no), { mayRelease: go });
        if (outcome.kind === "accepted") accepted.push(`p${no}@kund.example`);
        if (accepted.length === enough) setTimeout(() => child.kill("SIGKILL"), round * 7); // the other lanes are anywhere
      }
    };
    await Promise.all([1, 2, 3, 4, 5].map(lane));
    await door.close();
  }
  const stored = new Set(readRecording<SinkLine>(file).map((line) => line.rcpt));
  assert.ok(accepted.length > 10);
  assert.deepEqual(
    accepted.filter((rcpt) => !stored.has(rcpt)),
    [],
  );
});

async function started(file: string): Promise<{ child: ChildProcess; port: number }> {
  const program = fileURLToPath(new URL("./sink.ts", import.meta.url));
  const child = spawn(process.execPath, [program, `--file=${file}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<Buffer>((resolve) => child.stdout?.once("data", resolve));
  return { child, port: JSON.parse(line.toString()).port };
}

test("a recording is read while it is written to: half a line is not read yet", () => {
  const file = newFile();
  assert.deepEqual(readRecording(file), []);
  appendFileSync(file, '{"n":1}\n{"n":');
  assert.deepEqual(readRecording(file), [{ n: 1 }]);
  appendFileSync(file, "2}");
  assert.deepEqual(readRecording(file), [{ n: 1 }]);
  appendFileSync(file, "\n");
  assert.deepEqual(readRecording(file), [{ n: 1 }, { n: 2 }]);
});

test("a client that does not learn what became of its mail, or leaves it, is recorded beside the lines", async () => {
  const notes: [Partial<SinkOptions>, string | null][] = [
    [{ dropBefore: 1 }, "dropped before"],
    [{ dropAfter: 1 }, "dropped after"],
    [{ silenceAfter: 1 }, "silent"],
    [{ hangUp: "body" }, "cut"],
    [{ hangUp: "answered" }, null],
    [{ hangUp: "data" }, null],
    [{ hangUp: "354" }, null],
  ];
  for (const [options, what] of notes) {
    const { file, send, close } = await sink(options);
    await send(1);
    await close();
    const written = readRecording<Unanswered>(`${file}.unanswered`);
    const expected = what === null ? [] : [{ what, message_id: "<m1@norrland.example>" }];
    assert.deepEqual(written, expected, JSON.stringify(options));
  }
});
