import assert from "node:assert/strict";
import { test } from "node:test";
import { type FenceFacts, type FenceReason, fenceReasons } from "./clone-guard.ts";

type Change = Partial<FenceFacts["known"]> & {
  here?: Partial<FenceFacts["here"]>;
  areOthersAtWork?: boolean;
};

/** Our own database, or another installation's, as it was left. */
const HERE = { place: "p", movedFrom: null, isFolderCopied: false, isServerKnown: false, seen: 7 };
const OWN = { ...HERE, home: "h", address: null };
const THEIRS = { ...HERE, home: null, address: "db:5432/x" };

function reasons(base: FenceFacts["here"], { here = {}, areOthersAtWork = false, ...known }: Change) {
  const addresses = base.address ? [base.address] : [];
  return fenceReasons({
    known: { place: "p", home: base.home, addresses, count: 7, ...known },
    here: { ...base, ...here },
    areOthersAtWork,
  });
}

const CASES: [string, FenceFacts["here"], Change, FenceReason[]][] = [
  ["our own, as it was left", OWN, {}, []],
  ["our own, for the first time", OWN, { place: null, home: null, count: 0, here: { seen: 0 } }, []],
  ["the count has moved on", OWN, { count: 9 }, []],
  ["the folder was copied", OWN, { here: { isFolderCopied: true, home: "new" } }, ["copied_folder"]],
  ["only the database's part of it was copied", OWN, { here: { home: "new" } }, ["other_folder"]],
  ["the folder was moved", OWN, { here: { home: "new", movedFrom: "h" } }, []],
  ["the database's part of it was put back", OWN, { count: 6 }, ["older_state"]],
  ["a dump was read back", OWN, { here: { place: "other" } }, ["other_database"]],
  [
    "an empty one in place of one that was sent from",
    OWN,
    { place: null, home: null, count: 0 },
    ["older_state"],
  ],
  ["theirs, as it was left", THEIRS, {}, []],
  ["a second engine beside the first, elsewhere", THEIRS, { here: { seen: 0 } }, []],
  [
    "an engine in a copied folder, beside others",
    THEIRS,
    { here: { isFolderCopied: true }, areOthersAtWork: true },
    [],
  ],
  ["an engine in a copied folder, alone", THEIRS, { here: { isFolderCopied: true } }, ["copied_folder"]],
  [
    "by another name, beside others",
    THEIRS,
    { here: { address: "10.0.0.1:5432/x" }, areOthersAtWork: true },
    [],
  ],
  ["by another name, alone", THEIRS, { here: { address: "10.0.0.1:5432/x" } }, ["other_address"]],
  [
    "by another name of the same server, alone",
    THEIRS,
    { here: { address: "10.0.0.1:5432/x", isServerKnown: true } },
    [],
  ],
  ["another server took over", THEIRS, { here: { place: "p2" }, areOthersAtWork: true }, ["other_database"]],
  [
    "an older state of the database was restored",
    THEIRS,
    { count: 3, areOthersAtWork: true },
    ["older_state"],
  ],
];

for (const [name, base, change, expected] of CASES)
  test(`${name}: ${expected.join() || "goes on"}`, () => assert.deepEqual(reasons(base, change), expected));
