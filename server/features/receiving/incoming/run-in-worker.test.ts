import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { mailOf } from "../../../testing/incoming.ts";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import { openReaders, ourReaders, type Readers } from "./run-in-worker.ts";

const HOSTILE = new URL("../../../testing/hostile-thread.ts", import.meta.url);
/** A short time is for what never ends, on any machine. Everything else may take as long as it likes. */
const [impatient, patient] = [5_000, PATIENCE_MS].map((ms) =>
  openReaders(HOSTILE, { ms, heapMegabytes: 64 }),
) as [Readers, Readers];

const textsOf = (read: Awaited<ReturnType<Readers["read"]>>) =>
  read.map(({ result, fault }) => fault ?? result?.mail.text.trim());

const mails = (...texts: string[]) => texts.map((text) => mailOf({ text }));

test("a mail that never ends is the only one of its batch that is not read", async () => {
  const read = await impatient.read("one", mails("first", "never ends", "second"));
  assert.deepEqual(textsOf(read), ["first", "took_too_long", "second"]);
});

test("a mail that eats memory, throws or ends its thread is the only one of its batch that is not read", async () => {
  const all = mails("first", "throws", "second", "eats memory", "third", "ends the thread", "last");
  assert.deepEqual(textsOf(await patient.read("one", all)), [
    ...["first", "our_error", "second", "out_of_memory", "third", "our_error", "last"],
  ]);
});

test("while one team's mail is worked on another team's are read", async () => {
  const end = join(mkdtempSync(join(tmpdir(), "cadenza-end-")), "end");
  const ended: string[] = [];
  const one = patient.read("one", mails(`works until ${end}`, "a")).then(() => ended.push("one"));
  const more = patient.read("one", mails(`works until ${end}`)).then(() => ended.push("one again"));
  for (let n = 0; n < 5; n++) assert.deepEqual(textsOf(await patient.read("two", mails(`b${n}`))), [`b${n}`]);
  assert.deepEqual(ended, [], "they end when the file is there, and it is written only now");
  writeFileSync(end, "");
  await Promise.all([one, more]);
  assert.deepEqual(ended, ["one", "one again"]);
});

test("a thread that cannot be started is no fault of any mail: they are read another time", async () => {
  const broken = openReaders(new URL("file:///there/is/no/such.ts"), { ms: 5_000, heapMegabytes: 64 });
  await assert.rejects(broken.read("one", mails("first", "second")), /could not be started/);
});

test("what is read and judged apart is the same as here, times included", async () => {
  const raw = mailOf({
    text: "I am out of the office until 3 December 2026.",
    headers: ["Auto-Submitted: auto-replied"],
  });
  const [read] = await ourReaders.read("one", [raw]);
  assert.ok(read?.result);
  assert.equal(read.result.mail.date?.toString(), "2026-11-20T09:00:00Z");
  const facts = {
    folder: "inbox" as const,
    ownAddresses: new Set(["ole@norrland.example"]),
    threadId: null,
    receivedAt: Temporal.Instant.from("2026-11-20T09:00:00Z"),
    sent: [],
    contacts: [{ id: "1", emails: ["ines@kraft.example"] }],
  };
  const { classify } = await import("../../../domain/receiving/inbound.ts");
  const [judged] = await ourReaders.judge("one", [{ mail: read.result.mail, facts }]);
  const here = classify(read.result.mail, facts);
  assert.equal(String(judged?.result?.returnsOn), String(here.returnsOn));
  assert.deepEqual({ ...judged?.result, returnsOn: null }, { ...here, returnsOn: null });
});
