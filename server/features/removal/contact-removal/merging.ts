// Contacts that are one person become one contact.

import type { Act } from "../../../app.ts";
import { goByIds } from "../../../db/planning.ts";
import { emptyContact } from "../../../domain/contacts/contact-facts.ts";
import { mergedContact } from "../../../domain/contacts/contact-merging.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { mergeCandidates } from "../../automation/workflows/merging.ts";
import { passOnMerged } from "../../contacts/contact-rows/merged-into-store.ts";
import { lockContacts, updateContacts } from "../../contacts/contact-rows/writing-store.ts";
import { linkPeopleTo } from "../../contacts/known-contacts/store.ts";
import { tellJoined } from "../../contacts/labels/membership.ts";
import { holdActivity, inheritActivity } from "../../contacts/last-activity/store.ts";
import { followMarks } from "../../contacts/suppressions/claims-following.ts";
import { moveClaims } from "../../contacts/suppressions/claims-store.ts";
import { tellRemoved } from "../../enrollments/enrollments/enrollment-events.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { leaveSequences } from "../../saving/contact-writing/commands.ts";
import { mergeEnrollments } from "../contact-merging/enrollments.ts";
import { moveEverything } from "../contact-merging/places-store.ts";
import { moveLists } from "../contact-merging/store.ts";
import * as erasing from "./erasing-store.ts";
import { holdListIfBarred } from "./hold-barred.ts";

/** The winner keeps what it has, and gets what it lacks from the losers, in the order they are named. */
export async function mergeContacts(act: Act, winnerId: string, loserIds: readonly string[]) {
  const { db, now, caller } = act;
  const losersNamed = [...new Set(loserIds)].filter((id) => id !== winnerId);
  if (losersNamed.length === 0) throw new Refusal("contact_merge_with_itself");
  await goByIds(db);
  await holdActivity(db, caller.teamId);
  await holdListIfBarred(byCaller(act), [winnerId, ...losersNamed]);
  const locked = new Map(
    (await lockContacts(db, caller.teamId, [winnerId, ...losersNamed])).map((contact) => [
      contact.id,
      contact,
    ]),
  );
  await holdListIfBarred(byCaller(act), [winnerId, ...losersNamed]); // again: by now no new suppression can come
  const winner = locked.get(winnerId);
  const losers = losersNamed.flatMap((id) => locked.get(id) ?? []);
  if (!winner || losers.length < losersNamed.length) throw new Refusal("contact_unknown");

  const merged = mergedContact(winner, losers);
  await mergeEnrollments(byCaller(act), winnerId, losersNamed);
  await moveEverything(db, caller.teamId, winnerId, losersNamed);
  await mergeCandidates(act, { entity: "contact", winnerId, loserIds: losersNamed });
  const joined = await moveLists(db, caller.teamId, winnerId, losersNamed);
  await updateContacts(
    db,
    caller.teamId,
    [{ id: winnerId, ...merged, hasOtherEmails: true, hasOtherPhones: true }],
    now,
  );
  await moveClaims(db, caller.teamId, winnerId, losersNamed, now);
  await followMarks(act, [{ id: winnerId, before: winner, after: merged }]);
  await linkPeopleTo(db, caller.teamId, [winnerId]);
  await inheritActivity(db, caller.teamId, "contacts", { winnerId, loserIds: losersNamed });
  await tellRemoved(byCaller(act), losersNamed);
  const losing = { ids: losersNamed, userId: caller.userId, mergedInto: winnerId };
  await Promise.all([
    erasing.endEnrollments(db, caller.teamId, losersNamed),
    erasing.deleteContacts(db, caller.teamId, losing, now),
    passOnMerged(db, caller.teamId, { kind: "contact", winnerId, loserIds: losersNamed }),
  ]);
  // An opt-out is never lost: it also holds for what came over from the losers.
  await leaveSequences(act, [{ id: winnerId, before: emptyContact("api", null), after: merged }]);
  await record(byCaller(act), {
    type: "contact.merged",
    subject: { type: "contact", id: winnerId },
    data: { loser_ids: losersNamed },
  });
  await tellJoined(act, joined, winnerId);
  return winnerId;
}
