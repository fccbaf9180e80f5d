// One day of a copilot: finds contacts by its filters that it has not proposed yet and that may join. Orders them by
// scores, examples and decisions, and proposes as many as the mailboxes have room for.
//
// Easy to get wrong: the transaction that proposes also records the day, with the copilot locked, so that a killed
// process leaves a whole day or none. Proposals that wait for a decision take room already, also those of other
// copilots with the same mailboxes.

import type { Act } from "../../../app.ts";
import {
  type ContactTraits,
  freeSlots,
  learn,
  nextProposal,
  type Ranked,
  rankCandidates,
  TRAITS,
  traitsOf,
} from "../../../domain/automation/copilot-ranking.ts";
import type { Formula } from "../../../domain/contacts/prospect-score.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { heldContacts } from "../../contacts/answer-holds/store.ts";
import { allContactsFound } from "../../contacts/contact-search/search.ts";
import {
  type ContactSearchInput,
  readContactSearch,
  withAliases,
} from "../../contacts/contact-search/search-input.ts";
import { scoringOf } from "../../contacts/scoring/store.ts";
import { checkDeployability } from "../../enrollments/enrolling/commands.ts";
import { capacitiesOf } from "../../enrollments/enrolling/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { JOINING } from "../automation-rights/calls.ts";
import { refuseBeyondBound } from "../automation-rights/rights.ts";
import { approveProposals } from "./deciding.ts";
import * as proposalsStore from "./proposals-store.ts";
import * as store from "./store.ts";

/** So many of whom the filters find are looked at, the newest; and of those so many who score most are ranked. */
const FOUND = 20_000;
const RANKED = 500;

/** Only to read facts by: what it would score means nothing. */
const TRAIT_FACTS: Formula = {
  outOf: 1,
  marks: [],
  signals: TRAITS.map((trait) => {
    const field = trait === "company_size" ? ("head_count" as const) : trait;
    const kind = trait === "company_size" ? ("number" as const) : ("text" as const);
    return { field, kind, operator: "is_known", value: null, weight: 1, name: null, customFieldId: null };
  }),
};

/** Answers the ids of what was proposed. */
export async function proposeDay(act: Act, id: string): Promise<string[]> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const copilot = await store.lockCopilot(db, teamId, id, null);
  if (!copilot) throw new Refusal("record_not_found");
  if (caller.credential.kind === "engine") await refuseBeyondBound(act, copilot, JOINING);
  const zone = (await findTeam(db, teamId))?.timeZone ?? "UTC";
  const day = now.toZonedDateTimeISO(zone).toPlainDate().toString();
  if (copilot.proposedOn === day) throw new Refusal("copilot_proposed_today");
  const { chosen, said } = await chooseFor(act, copilot);
  const proposals = chosen.map(({ id: contactId, score, rank, reasons, traits }) => ({
    id: newId(),
    contactId,
    score,
    rank,
    reasons,
    traits,
  }));
  await proposalsStore.insertProposals(db, teamId, { copilotId: id, day }, proposals, now);
  const proposeAt = copilot.isActive ? nextProposal(copilot.hour, zone, now, day) : null;
  await store.noteProposed(db, teamId, id, { proposedOn: day, proposeAt, said });
  await record(byCaller(act), {
    type: "copilot.proposed",
    subject: { type: "copilot", id },
    data: { name: copilot.name, day, count: proposals.length },
  });
  const ids = proposals.map((one) => one.id);
  if (!copilot.isReviewed && ids.length > 0) await approveProposals(act, copilot, ids, null);
  return ids;
}

async function chooseFor(
  act: Act,
  copilot: store.CopilotRow,
): Promise<{ chosen: Ranked[]; said: string | null }> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  await store.takeTurn(db, teamId);
  const free = freeSlots(await capacitiesOf(db, teamId, copilot.mailboxIds, now));
  const waiting = await store.countWaitingFor(db, teamId, copilot.mailboxIds);
  const room = free === null ? copilot.perDay : Math.min(copilot.perDay, free - waiting);
  if (room <= 0)
    return {
      chosen: [],
      said: `The mailboxes have no free capacity: they can send ${free} more emails, and ${waiting} proposals wait for a decision.`,
    };
  const filter = await readContactSearch(act, withAliases(copilot.filters as ContactSearchInput));
  const found = await allContactsFound(db, teamId, filter, FOUND);
  const wanted = { copilotId: copilot.id, ids: found.slice(0, FOUND), most: RANKED };
  const promising = await store.mostPromising(db, teamId, wanted);
  const { byReason } = await checkDeployability(
    act,
    copilot.sequenceId,
    promising.map(({ id }) => id),
  );
  const held = await heldContacts(
    db,
    teamId,
    promising.map(({ id }) => id),
  );
  const barred = new Set([...byReason.values(), held].flat());
  const eligible = promising.filter(({ id }) => !barred.has(id));
  const ranked = await rankedBy(act, copilot, eligible);
  return { chosen: ranked.slice(0, room), said: sayWhyFewer({ ranked, room, copilot, barred: barred.size }) };
}

async function rankedBy(
  { db, caller }: Act,
  copilot: store.CopilotRow,
  people: readonly { id: string; score: number }[],
) {
  const ids = [...people.map(({ id }) => id), ...copilot.exampleIds];
  const facts = await scoringOf(db, caller.teamId, ids, TRAIT_FACTS);
  const traitsOfOne = (id: string): ContactTraits => traitsOf(facts.get(id)?.facts ?? {});
  const lessons = learn(await proposalsStore.recentDecisions(db, caller.teamId, copilot.id));
  const examples = copilot.exampleIds.filter((id) => facts.has(id)).map(traitsOfOne);
  return rankCandidates(
    people.map((one) => ({ ...one, traits: traitsOfOne(one.id) })),
    examples,
    lessons,
  );
}

type Fewer = { ranked: readonly unknown[]; room: number; copilot: store.CopilotRow; barred: number };

function sayWhyFewer({ ranked, room, copilot, barred }: Fewer): string | null {
  if (ranked.length < room)
    return `No further contacts can be added: ${ranked.length} could be proposed, ${barred} cannot be added to the sequence.`;
  return room < copilot.perDay ? `The mailboxes can send ${room} more emails within a day.` : null;
}
