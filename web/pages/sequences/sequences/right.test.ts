import assert from "node:assert/strict";
import { test } from "node:test";
import { type Right, rightTo } from "./right.ts";

const me = (role: "admin" | "member") =>
  ({ user: { id: "me", role, subteam_ids: ["group"] }, team: { id: "team" } }) as Parameters<
    typeof rightTo
  >[1];
type Sharing = Parameters<typeof rightTo>[0]["sharing_permission"];
const shared = (rest: Partial<Sharing>) => ({
  sharing_permission: {
    visibility: "restricted",
    access_type: null,
    object_type: "EmailerCampaign",
    object_id: "s",
    is_owner: false,
    owner_id: "other",
    sharing_accesses: [],
    ...rest,
  } as Sharing,
});
const share = (id: string, access_type: Right) => ({
  user_or_team_id: id,
  user_or_team_type: "user" as const,
  access_type,
});

const CASES: [what: string, sharing: Partial<Sharing>, right: Right][] = [
  ["an owner may do all", { is_owner: true }, "full_access"],
  [
    "a user it is shared with has the shared right",
    { sharing_accesses: [share("me", "can_edit")] },
    "can_edit",
  ],
  [
    "the strongest counts",
    { sharing_accesses: [share("me", "can_view"), share("group", "full_access")] },
    "full_access",
  ],
  [
    "everybody has the right given to everybody",
    { visibility: "everyone", access_type: "can_edit" },
    "can_edit",
  ],
  ["on something restricted that says nothing", { access_type: "full_access" }, "can_view"],
  ["others' shares are others'", { sharing_accesses: [share("somebody", "full_access")] }, "can_view"],
];

for (const [what, sharing, right] of CASES)
  test(what, () => assert.equal(rightTo(shared(sharing), me("member")), right));

test("an admin may do all", () => assert.equal(rightTo(shared({}), me("admin")), "full_access"));
