import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AccessType,
  accessOf,
  mayEdit,
  mayManage,
  mayView,
  type Share,
  type Shared,
} from "./sharing.ts";

const viewer = { userId: "ines", teamId: "norrland", isAdmin: false, subteamIds: ["plants", "nordics"] };
const hidden: Shared = { ownerId: "ole", visibility: "restricted", accessType: null, shares: [] };

const shared = (...shares: Share[]): Shared => ({ ...hidden, shares });
const share = (granteeType: Share["granteeType"], granteeId: string, accessType: AccessType): Share => ({
  granteeType,
  granteeId,
  accessType,
});

const CASES: [what: string, shared: Shared, access: AccessType | null][] = [
  ["another's, restricted", hidden, null],
  ["one's own", { ...hidden, ownerId: "ines" }, "full_access"],
  ["without an owner", { ...hidden, ownerId: null }, null],
  ["everyone's, without a word", { ...hidden, visibility: "everyone" }, "can_view"],
  ["everyone's to view", { ...hidden, visibility: "everyone", accessType: "can_view" }, "can_view"],
  ["everyone's to edit", { ...hidden, visibility: "everyone", accessType: "can_edit" }, "can_edit"],
  ["everyone's in full", { ...hidden, visibility: "everyone", accessType: "full_access" }, "full_access"],
  ["restricted, with an old word", { ...hidden, accessType: "full_access" }, null],
  ["shared with the person", shared(share("user", "ines", "can_edit")), "can_edit"],
  ["shared with another user", shared(share("user", "ole", "full_access")), null],
  ["shared with the team", shared(share("team", "norrland", "can_view")), "can_view"],
  ["shared with another team", shared(share("team", "sydkraft", "full_access")), null],
  ["shared with one of their groups", shared(share("subteam", "nordics", "can_edit")), "can_edit"],
  ["shared with another group", shared(share("subteam", "sales", "full_access")), null],
  [
    "an id of another kind",
    shared(share("user", "plants", "full_access"), share("subteam", "ines", "full_access")),
    null,
  ],
  [
    "several shares: the strongest counts",
    shared(
      share("user", "ines", "can_view"),
      share("subteam", "plants", "full_access"),
      share("team", "norrland", "can_edit"),
    ),
    "full_access",
  ],
  [
    "a share beyond what everyone may",
    { ...shared(share("user", "ines", "full_access")), visibility: "everyone", accessType: "can_view" },
    "full_access",
  ],
  [
    "a share below what everyone may",
    { ...shared(share("user", "ines", "can_view")), visibility: "everyone", accessType: "can_edit" },
    "can_edit",
  ],
];

for (const [what, thing, access] of CASES) {
  test(`${what}: ${access ?? "hidden"}`, () => {
    assert.equal(accessOf(thing, viewer), access);
    const rights = [mayView(thing, viewer), mayEdit(thing, viewer), mayManage(thing, viewer)];
    const expected = {
      none: [false, false, false],
      can_view: [true, false, false],
      can_edit: [true, true, false],
      full_access: [true, true, true],
    };
    assert.deepEqual(rights, expected[access ?? "none"]);
  });
  test(`${what}: an admin may everything`, () => {
    assert.ok(mayManage(thing, { ...viewer, isAdmin: true }));
  });
}
