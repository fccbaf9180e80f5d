import assert from "node:assert/strict";
import { test } from "node:test";
import {
  canonicalAddress,
  domainsOf,
  guessKind,
  readSuppression,
  type SuppressedValue,
  type SuppressionKind,
  suppressionFor,
} from "./suppression.ts";

const matching: [kind: SuppressionKind, value: string, address: string, barred: boolean][] = [
  ["email", "ines@example.se", "ines@example.se", true],
  ["email", "Ines@Example.SE", "iNES@eXAMPLE.se", true],
  ["email", "ines@example.se", "ines+news@example.se", false],
  ["email", "ines+news@example.se", "ines@example.se", false],
  ["email", "ines+news@example.se", "INES+news@example.se", true],
  ["email", "eva@bücher.example", "eva@xn--bcher-kva.example", true],
  ["email", "eva@xn--bcher-kva.example", "Eva@BÜCHER.example", true],
  ["email", "ines@example.se", "ines@example.se.evil.example", false],
  ["domain", "example.se", "ines@example.se", true],
  ["domain", "@Example.se", "ines@example.se", true],
  ["domain", "example.se", "ines@mail.example.se", true],
  ["domain", "example.se", "ines@badexample.se", false],
  ["domain", "mail.example.se", "ines@example.se", false],
  ["domain", "bücher.example", "eva@post.xn--bcher-kva.example", true],
  ["domain", "例え.テスト", "a@xn--r8jz45g.xn--zckzah", true],
  ["pattern", "info@*", "info@example.se", true],
  ["pattern", "info@*", "myinfo@example.se", false],
  ["pattern", "*@*.example.se", "a@mail.example.se", true],
  ["pattern", "*@*.example.se", "a@example.se", false],
  ["pattern", "noreply*@example.se", "NoReply-7@example.se", true],
  ["pattern", "noreply*@example.se", "noreply@example.se", true],
  ["pattern", "a*b*c@x.example", "a-b-c@x.example", true],
  ["pattern", "a*b*c@x.example", "acb@x.example", false],
  ["pattern", "abc*abc@x.example", "abc@x.example", false],
  ["pattern", "abc.*@x.example", "abcd@x.example", false],
];
for (const [kind, value, address, barred] of matching)
  test(`${kind} ${value} ${barred ? "bars" : "does not bar"} ${address}`, () => {
    const read = readSuppression(kind, value);
    assert.ok(read !== null);
    assert.equal(suppressionFor(address, [{ kind, value: read }]) !== null, barred);
  });

const refusedValues: [kind: SuppressionKind, value: string][] = [
  ["email", "ines"],
  ["email", "@example.se"],
  ["email", "a b@example.se"],
  ["email", "ines@localhost"],
  ["email", "a@b@example.se"],
  ["email", '"a"@example.se'],
  ["domain", "com"],
  ["domain", "exa mple.se"],
  ["domain", "example.se/path"],
  ["domain", "127.0.0.1"],
  ["domain", "-a.example"],
  ["domain", ""],
  ["pattern", "*"],
  ["pattern", "*@*"],
  ["pattern", "*@*.*"],
  ["pattern", "info@example.se"],
  ["pattern", "a*b*c*d*e*f*g*h*i*j*k*l"],
  ["pattern", "in fo*"],
];
for (const [kind, value] of refusedValues)
  test(`"${value}" is no ${kind} to bar`, () => assert.equal(readSuppression(kind, value), null));

test("a hostile pattern takes no time", () => {
  const value = readSuppression("pattern", `${"aaa*".repeat(10)}b`) ?? "";
  const address = `${"a".repeat(64)}@example.se`;
  for (let n = 0; n < 1000; n++) assert.equal(suppressionFor(address, [{ kind: "pattern", value }]), null);
});

test("a line of a list says by its looks what it is", () => {
  assert.deepEqual(["a@b.se", "b.se", "@b.se", "*@b.se", "info@*"].map(guessKind), [
    "email",
    "domain",
    "domain",
    "pattern",
    "pattern",
  ]);
});

test("what bars most narrowly is named, and what is no address is barred by nothing", () => {
  const list: SuppressedValue[] = [
    { kind: "domain", value: "example.se" },
    { kind: "email", value: "ines@example.se" },
  ];
  assert.deepEqual(suppressionFor("ines@example.se", list), list[1]);
  assert.equal(suppressionFor("ines", list), null);
  assert.deepEqual(domainsOf("a@x.y.example.se"), ["x.y.example.se", "y.example.se", "example.se"]);
  assert.equal(canonicalAddress(" A@B.se. "), "a@b.se");
});

test("an address with full-width letters or invisible characters is the plain one", () => {
  for (const text of ["a\u200b@b.se", "\uff41\uff20b.se", "a@b\u00ad.se", "\u202aa@b.se\u202c"])
    assert.equal(canonicalAddress(text), "a@b.se", JSON.stringify(text));
});
