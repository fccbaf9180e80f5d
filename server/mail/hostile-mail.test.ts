import assert from "node:assert/strict";
import { test } from "node:test";
import { type Chance, chanceFrom } from "../sample/chance.ts";
import { specimens, understood } from "../testing/specimens.ts";

const MUTANTS = Number(process.env.MUTANTS ?? 1500);
/** How many times as much as an ordinary mail of the same size a hostile one may cost. */
const ALLOWED = 60;
const HEAD = "From: ines.okafor@norrland.example\r\nTo: ole@fjordlys.example\r\nSubject: x\r\n";
const LARGE = 60_000;
const ORDINARY = Buffer.from(
  `${HEAD}\r\n${"Thank you, that sounds good. We could talk on Tuesday.\r\n".repeat(LARGE / 55)}`,
);
const usual = await usualCost();

/** Processor time of this thread, as other programs may want the machine as well. */
async function costOf(work: () => Promise<unknown>) {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

/** The second time, as the first also compiles. */
async function usualCost() {
  await understood(ORDINARY);
  return Math.max(5_000, await costOf(() => understood(ORDINARY)));
}

async function assertCheap(work: () => Promise<unknown>, what: string) {
  const cost = await costOf(work);
  assert.ok(cost < ALLOWED * usual, `${what}: ${cost} µs, an ordinary mail ${usual} µs`);
}

test("mails cut, mixed and damaged at random are understood as something, in time", async (t) => {
  const seed = Number(process.env.SEED ?? 7);
  t.diagnostic(`seed ${seed}`);
  const chance = chanceFrom(seed);
  const raws = specimens()
    .map(({ raw }) => raw)
    .filter((raw) => raw.length < 20_000);
  for (let round = 0; round < MUTANTS; round++) {
    const mutant = damaged(chance.pick(raws), chance.pick(raws), chance);
    const read = async () => {
      const { verdict } = await understood(mutant).catch((error: unknown) => {
        throw new Error(`seed ${seed}, round ${round}:\n${mutant.toString("latin1")}`, { cause: error });
      });
      assert.ok(verdict.evidence.length > 0);
    };
    await assertCheap(read, `seed ${seed}, round ${round}`);
  }
});

function damaged(raw: Buffer, other: Buffer, chance: Chance): Buffer {
  let mail = Buffer.from(raw);
  for (let times = chance.whole(0, 3) + 1; times > 0; times--) {
    const at = chance.whole(0, mail.length);
    const ways: (() => Buffer)[] = [
      () => mail.subarray(0, at),
      () => Buffer.concat([mail.subarray(0, at), other.subarray(chance.whole(0, other.length - 1))]),
      () => Buffer.concat([mail.subarray(0, at), Buffer.from(chance.pick(SPICE)), mail.subarray(at)]),
      () =>
        Buffer.concat([
          mail.subarray(0, at),
          mail.subarray(Math.min(at + chance.whole(0, 200), mail.length)),
        ]),
      () => {
        const bytes = Buffer.from(mail);
        for (let flips = 20; flips > 0 && bytes.length > 0; flips--)
          bytes[chance.whole(0, bytes.length - 1)] = chance.whole(0, 255);
        return bytes;
      },
      () => withoutLine(mail, chance),
      () =>
        Buffer.from(
          mail.toString("latin1").replaceAll("\r\n", chance.pick(["\n", "\r", "\r\r\n", "\n\r\n"])),
          "latin1",
        ),
    ];
    mail = Buffer.from(chance.pick(ways)());
  }
  return mail;
}

function withoutLine(mail: Buffer, chance: Chance) {
  const lines = mail.toString("latin1").split("\r\n");
  lines.splice(chance.whole(0, lines.length - 1), 1 + chance.whole(0, 2));
  return Buffer.from(lines.join("\r\n"), "latin1");
}

const SPICE = [
  ...[
    "\0",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "--",
    "=?utf-8?B?",
    "=?x?Q?=00?=",
    "\u2028",
    "\ud83d",
    "<",
    ">",
    ":",
    ";",
    '"',
    "\\",
    "(",
  ],
  ...[
    'Content-Type: multipart/mixed; boundary=""\r\n',
    "Content-Transfer-Encoding: base64\r\n",
    "charset=iso-2022-jp",
  ],
  ...[
    "Content-Type: message/rfc822\r\n\r\n",
    "Content-Type: text/html\r\n",
    "boundary=",
    "__proto__: x\r\n",
    "constructor: y\r\n",
  ],
  ...[
    "Final-Recipient: rfc822;\r\n",
    "Date: Fri, 99 Foo 99999 99:99:99 +9999\r\n",
    "References: <<>>><\r\n",
    "a".repeat(3000),
  ],
  ...[
    "begin:vcalendar method:",
    "=\r\n=\r\n",
    "<blockquote>".repeat(50),
    "back on 99/99/9999 until 31 Feb ".repeat(20),
  ],
];

test("text made to keep a search busy does not", async () => {
  const seeds = [
    ...[
      "a",
      " ",
      "\n",
      ">",
      "> ",
      "-",
      "_",
      "a ",
      "on ",
      "until ",
      "back ",
      "re: ",
      "1.",
      "1/1/",
      "march ",
      "march 1-",
      "www.",
      "a@",
      "@a.b ",
      "<a@b",
      "?",
    ],
    ...[
      "from:\n",
      "on tue wrote\n",
      "please remove ",
      "i am ",
      "not ",
      "wieder ",
      "bis zum ",
      "http://",
      "\t\n",
      "&",
      "<div",
      "<blockquote>",
      "é",
      "ß",
      "\u200b",
    ],
    ...[
      "is not with a b c d ",
      "has left the ",
      "we have received your ",
      "if you want to ",
      "Message-ID: <",
      "--a\n",
      "On ",
      "= ",
      "a.b.",
    ],
  ];
  for (const seed of seeds)
    for (const type of ["text/plain", "text/html"]) {
      const text = seed.repeat(Math.ceil(LARGE / seed.length));
      for (const extra of [
        "",
        "Auto-Submitted: auto-replied\r\n",
        "Return-Path: <>\r\nX-Failed-Recipients: a@b.example\r\n",
      ]) {
        const raw = Buffer.from(`${HEAD}${extra}Content-Type: ${type}; charset=utf-8\r\n\r\n${text}`);
        await assertCheap(() => understood(raw), `${JSON.stringify(seed)} as ${type} ${extra}`);
      }
      const header = Buffer.from(
        `${HEAD}X-Loop: ${text}\r\nReferences: ${text}\r\nSubject: ${text}\r\nIn-Reply-To: ${text}\r\n\r\nhi`,
      );
      await assertCheap(() => understood(header), `${JSON.stringify(seed)} in the header`);
    }
});

test("fifty megabytes are read, and more is set aside unread", async () => {
  const multipart = `${HEAD}Message-ID: <large@norrland.example>\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nTell me more.\r\n`;
  const file =
    '--b\r\nContent-Type: application/pdf; name="plan.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const line = `${"QUJD".repeat(19)}\r\n`;
  const withFile = Buffer.concat([
    Buffer.from(multipart + file),
    Buffer.alloc(line.length * 600_000, line),
    Buffer.from("--b--\r\n"),
  ]);
  const { mail, verdict } = await understood(withFile);
  assert.deepEqual(mail.attachments, [
    { position: 0, name: "plan.pdf", type: "application/pdf", size: 57 * 600_000, isInline: false },
  ]);
  assert.equal(verdict.replyClass, "interested");
  const lines = await understood(
    Buffer.concat([Buffer.from(`${HEAD}\r\n`), Buffer.alloc(49 * 1024 * 1024, "\n")]),
  );
  assert.equal(lines.mail.isTextCut, true);
  const tooLarge = await understood(
    Buffer.concat([Buffer.from(multipart), Buffer.alloc(51 * 1024 * 1024, line)]),
  );
  assert.equal(tooLarge.mail.unreadable, "too_large");
  assert.equal(tooLarge.verdict.kind, "unreadable");
  assert.equal(tooLarge.verdict.about?.contactId, "contact-en", "it is still known whose it is");
});

test("ten thousand parts, beside each other or inside each other, are set aside at a cost that is bounded", async () => {
  const wide = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${"--b\r\n\r\nx\r\n".repeat(10_000)}--b--\r\n`;
  const deep = Array.from(
    { length: 10_000 },
    (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`,
  );
  const letters = Array.from({ length: 10_000 }, () => "Content-Type: message/rfc822\r\n\r\n");
  for (const raw of [wide, HEAD + deep.join(""), HEAD + letters.join("")]) {
    await assertCheap(async () => {
      const { mail } = await understood(Buffer.from(raw));
      assert.equal(mail.from?.email, "ines.okafor@norrland.example");
    }, `${raw.length} bytes of parts`);
  }
});

test("no header or name carries a line break on", async () => {
  const raw = `From: =?utf-8?Q?Ines=0D=0ABcc=3A_x?= <ines.okafor@norrland.example>\r\nSubject: =?utf-8?B?${Buffer.from("hi\r\nBcc: v@x.example\0\u2028").toString("base64")}?=\r\nContent-Type: application/pdf; name="=?utf-8?Q?a=0Ab=00.pdf?="\r\n\r\nx`;
  const { mail } = await understood(Buffer.from(raw));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  const controls = /[\0-\x1f\x7f\u2028\u2029]/;
  for (const text of [mail.subject, mail.from?.name ?? "", mail.attachments[0]?.name ?? ""])
    assert.doesNotMatch(text, controls);
});
