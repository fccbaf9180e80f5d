import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Caller } from "../../../app.ts";
import { route, routeAlsoCsv } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { placeIn, presentSearchCursor, readSearchCursor } from "../../contacts/contact-search/present.ts";
import { findEvents } from "../../events/events/store.ts";
import { presentEvent } from "../../events/feed/present.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { presentTask } from "../../work/tasks/present.ts";
import { findTasks } from "../../work/tasks/store.ts";
import { readEnrollmentFilter } from "../managing/managing-input.ts";
import { crowdIn } from "./crowd.ts";
import { enrollmentsFile } from "./file.ts";
import { presentCrowd, presentFoundEnrollment, presentMailOf } from "./present.ts";
import { type EnrollmentOrder, isTextOrder, isTimeOrder, orderNamed } from "./sorting-store.ts";
import {
  type EnrollmentPaging,
  eventIdsOf,
  mailsOf,
  readEnrollments,
  searchEnrollments,
  taskIdsOf,
} from "./store.ts";

type Input = z.output<typeof contract.enrollments.search.input>;

export const routes = [
  routeAlsoCsv(
    contract.enrollments.search,
    async ({ db, caller, input }) => {
      const place = readPlace(input);
      const { ids, total, last } = await searchEnrollments(db, caller.teamId, filterOf(input, caller), place);
      const { page, per_page, sort_ascending: isAscending = null } = input;
      return {
        contact_campaign_statuses: (await readEnrollments(db, caller.teamId, ids)).map(
          presentFoundEnrollment,
        ),
        pagination: {
          page,
          per_page,
          total_entries: total,
          total_pages: Math.ceil(total / per_page),
          next_cursor: last && presentSearchCursor(place.order, isAscending, last),
        },
      };
    },
    async ({ caller, input }) => {
      const { order, isAscending } = readPlace({ ...input, cursor: undefined });
      const wish = { columns: input.csv_columns, order, isAscending };
      return enrollmentsFile(caller.teamId, filterOf(input, caller), wish);
    },
  ),

  route(contract.enrollments.counts, async ({ db, caller, input }) => {
    const { id } = await getVisible({ db, caller }, input.id);
    const { counts, reasons } = await crowdIn(db, caller.teamId, id);
    return presentCrowd(counts, reasons);
  }),

  route(contract.enrollments.show, async ({ db, caller, input }) => {
    const { teamId } = caller;
    const [row] = await readEnrollments(db, teamId, [input.id]);
    if (!row) throw new Refusal("record_not_found");
    await getVisible({ db, caller }, row.sequenceId);
    const [mails, taskIds] = await Promise.all([mailsOf(db, teamId, row.id), taskIdsOf(db, teamId, row)]);
    const eventIds = await eventIdsOf(
      db,
      teamId,
      row.id,
      mails.map(({ id }) => id),
    );
    const [tasks, events] = await Promise.all([
      findTasks(db, teamId, taskIds),
      findEvents(db, teamId, eventIds),
    ]);
    const byId = new Map(events.map((event) => [event.id, event]));
    return {
      contact_campaign_status: presentFoundEnrollment(row),
      emailer_messages: mails.map(presentMailOf),
      tasks: tasks.map(presentTask),
      events: eventIds.flatMap((id) => byId.get(id) ?? []).map(presentEvent),
    };
  }),
];

function filterOf(input: Input, { userId, role }: Caller) {
  return withoutEmpty({
    ...readEnrollmentFilter(input),
    sequenceIds: input.emailer_campaign_ids ?? null,
    viewer: { userId, isAdmin: role === "admin" },
  });
}

function readPlace(input: Input): EnrollmentPaging {
  const order = orderNamed(input.sort_by_field?.trim() || "added_at");
  if (!order) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  const after = placeAfter(input, order);
  return {
    order,
    isAscending: input.sort_ascending ?? !(order === "added_at" || order === "updated_at"),
    after,
    offset: (input.page - 1) * input.per_page,
    limit: input.per_page,
  };
}

function placeAfter({ cursor, sort_ascending }: Input, order: EnrollmentOrder) {
  const isAscending = sort_ascending ?? null;
  if (isTimeOrder(order)) return placeIn(cursor, order, isAscending);
  const place = cursor ? readSearchCursor(cursor, order, isAscending) : null;
  const isSound = place && (isTextOrder(order) || /^-?\d{1,10}$/.test(place.value));
  if (cursor && !isSound) throw new Refusal("invalid_cursor");
  return place;
}

/** An empty list filters nothing, as at Apollo. */
function withoutEmpty<T extends Record<string, unknown>>(filter: T): T {
  const entries = Object.entries(filter);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Array.isArray(value) && value.length === 0 ? null : value]),
  ) as T;
}
