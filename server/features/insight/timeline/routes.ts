import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { getAccount } from "../../contacts/accounts/finding.ts";
import { getContact } from "../../desk/contacts/commands.ts";
import { getDeal } from "../../work/deals/commands.ts";
import { latestActivitiesOf, type TimelineSubject } from "./activities.ts";
import { presentHappened, presentTimelineCursor, readTimelineCursor } from "./present.ts";
import { searchTimeline, type TimelineKind, type TimelineOwner } from "./store.ts";

const ALL: readonly TimelineKind[] = [
  "event",
  "message",
  "incoming_mail",
  "task",
  "call",
  "conversation",
  "note",
];

export const routes = [
  route(contract.contacts.timeline, async ({ input, ...act }) => {
    const after = readPlace(input);
    await getContact(act, input.id);
    return tell(act, "contact", input, after);
  }),

  route(contract.accounts.timeline, async ({ input, ...act }) => {
    const after = readPlace(input);
    await getAccount(act, input.id);
    return tell(act, "account", input, after);
  }),

  route(contract.opportunities.timeline, async ({ input, ...act }) => {
    const after = readPlace(input);
    await getDeal(act, input.id);
    return tell(act, "deal", input, after);
  }),

  route(contract.activities.search, async ({ db, caller, input }) => {
    const subjects = subjectsIn(input);
    if (subjects.length === 0) throw new Refusal("argument_required");
    const kinds = input.kinds?.length ? input.kinds : ALL;
    const { rows, isCut } = await latestActivitiesOf(db, caller.teamId, subjects, {
      kinds,
      viewerId: viewerIn(caller),
    });
    const { offset, limit } = rowsOf(input);
    return {
      activities: rows
        .slice(offset, offset + limit)
        .map(presentHappened)
        .map((one) => ({ ...one, created_at: one.at })),
      breadcrumbs: subjects.map(({ whose, id }) => ({
        label: whose === "contact" ? "Contact" : "Account",
        signal_field_name: `${whose}_ids`,
        value: id,
        display_name: id,
      })),
      partial_results_only: isCut,
      pagination: pagination(input, rows.length),
    };
  }),

  route(contract.calendarEvents.search, async ({ input }) => ({
    calendar_events: [],
    breadcrumbs: [],
    pagination: pagination(input, 0),
  })),
];

function subjectsIn(input: Search): TimelineSubject[] {
  const of = (whose: TimelineSubject["whose"], one: string | undefined, many: readonly string[] = []) =>
    [...new Set([...(one ? [one] : []), ...many])].map((id) => ({ whose, id }));
  return [
    ...of("contact", input.contact_id, input.contact_ids),
    ...of("account", input.account_id, input.account_ids),
  ];
}

type Search = z.output<typeof contract.activities.search.input>;
type Input = z.output<typeof contract.contacts.timeline.input>;

function readPlace({ cursor }: Input) {
  const after = cursor ? readTimelineCursor(cursor) : null;
  if (cursor && !after) throw new Refusal("invalid_cursor");
  return after;
}

async function tell(
  { db, caller }: Act,
  whose: TimelineOwner,
  input: Input,
  after: ReturnType<typeof readPlace>,
) {
  const kinds = input.kinds?.length ? input.kinds : ALL;
  const search = { kinds, after, limit: input.limit, viewerId: viewerIn(caller) };
  const rows = await searchTimeline(db, caller.teamId, whose, input.id, search);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  return { timeline: shown.map(presentHappened), next_cursor: last ? presentTimelineCursor(last) : null };
}
