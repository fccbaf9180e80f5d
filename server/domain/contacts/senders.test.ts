import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseSenders, maySendFrom, type SendingMailbox, type Wished } from "./senders.ts";

const OLE = { userId: "ole", isAdmin: false };
const own: SendingMailbox = {
  id: "own",
  userId: "ole",
  email: "Ole@example.no",
  aliases: ["Sales@example.no", "ole@example.se"],
  visibility: "restricted",
  isConnected: true,
};
const shared = {
  ...own,
  id: "shared",
  userId: "ines",
  email: "hello@example.se",
  aliases: [],
  visibility: "everyone",
} as const;
const hers = { ...shared, id: "hers", email: "ines@example.se", visibility: "restricted" } as const;
const dead = { ...own, id: "dead", email: "old@example.no", aliases: [], isConnected: false };
const FOUND = [own, shared, hers, dead];

test("a mailbox is its owner's to send from, an admin's, and everybody's where it is shared", () => {
  assert.deepEqual(
    [own, shared, hers].map((one) => maySendFrom(one, OLE)),
    [true, true, false],
  );
  assert.equal(maySendFrom(hers, { userId: "ole", isAdmin: true }), true);
});

const wish = (rest: Partial<Wished>): Wished => ({ ids: ["own"], sendFrom: null, domains: [], ...rest });

const CHOSEN: [what: string, wish: Wished, senders: [string, string][]][] = [
  ["its own address", wish({}), [["own", "Ole@example.no"]]],
  [
    "each once, in the order named",
    wish({ ids: ["shared", "own", "shared"] }),
    [
      ["shared", "hello@example.se"],
      ["own", "Ole@example.no"],
    ],
  ],
  ["an alias, however capitalized", wish({ sendFrom: " sales@EXAMPLE.no" }), [["own", "Sales@example.no"]]],
  [
    "an alias of one of several",
    wish({ ids: ["own", "shared"], sendFrom: "ole@example.se" }),
    [
      ["own", "ole@example.se"],
      ["shared", "hello@example.se"],
    ],
  ],
  ["its own address by name", wish({ sendFrom: "ole@example.no" }), [["own", "Ole@example.no"]]],
  ["an empty address", wish({ sendFrom: "" }), [["own", "Ole@example.no"]]],
  ["a domain the sequence is sent from", wish({ domains: ["Example.NO"] }), [["own", "Ole@example.no"]]],
  [
    "an alias in that domain",
    wish({ domains: ["example.se"], sendFrom: "ole@example.se" }),
    [["own", "ole@example.se"]],
  ],
];

for (const [what, wished, expected] of CHOSEN) {
  test(`sent from ${what}`, () => {
    const { senders } = chooseSenders(wished, FOUND, OLE);
    assert.deepEqual(
      senders?.map(({ id, sendFrom }) => [id, sendFrom]),
      expected,
    );
  });
}

const REFUSED: [what: string, wish: Wished, code: string, facts: Record<string, string>][] = [
  [
    "one that was disconnected",
    wish({ ids: ["own", "dead"] }),
    "mailboxes_inactive",
    { address: "old@example.no" },
  ],
  ["one that is not there", wish({ ids: ["never"] }), "mailboxes_inactive", { address: "never" }],
  [
    "another user's, like one that does not exist",
    wish({ ids: ["hers", "dead"] }),
    "mailboxes_inactive",
    { address: "hers, old@example.no" },
  ],
  [
    "an address that is not its own",
    wish({ sendFrom: "ines@example.se" }),
    "send_from_unknown",
    { address: "ines@example.se" },
  ],
  [
    "another domain",
    wish({ domains: ["example.se"] }),
    "send_from_domain_refused",
    { address: "Ole@example.no", domains: "example.se" },
  ],
  [
    "a subdomain of one",
    wish({ domains: ["no"] }),
    "send_from_domain_refused",
    { address: "Ole@example.no", domains: "no" },
  ],
];

for (const [what, wished, code, facts] of REFUSED) {
  test(`not sent from ${what}`, () => {
    assert.deepEqual(chooseSenders(wished, FOUND, OLE).fault, { code, facts });
  });
}
