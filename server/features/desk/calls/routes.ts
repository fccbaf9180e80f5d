import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { paginationAsText, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { accountsBeside } from "../../contacts/accounts/beside.ts";
import { contactsBeside } from "../../contacts/contacts/beside.ts";
import { type CallWish, changeCall, deleteCall, logCall } from "./commands.ts";
import { presentCall, presentChoice } from "./present.ts";
import {
  CALL_SORTS,
  type CallRow,
  type CallSearch,
  type CallSort,
  listOutcomes,
  listPurposes,
  searchCalls,
} from "./store.ts";

type Wish = Omit<z.output<typeof contract.phoneCalls.update.input>, "id">;
type Search = z.output<typeof contract.phoneCalls.search.input>;

export const routes = [
  route(contract.phoneCalls.create, async ({ input, ...act }) => {
    const call = await logCall(act, input.call_identifier || null, wishFrom(input));
    const [shown] = await presented(act, [call]);
    return {
      ...told(shown),
      team: { id: act.caller.teamId, phone_calls_finder_empty: false as const },
    };
  }),

  route(contract.phoneCalls.update, async ({ input, ...act }) => {
    const call = await changeCall(act, input.id, wishFrom(input));
    const [shown] = await presented(act, [call]);
    return told(shown);
  }),

  route(contract.phoneCalls.delete, async ({ input, ...act }) => {
    await deleteCall(act, input.id);
    return { phone_call: { id: input.id, deleted: true as const } };
  }),

  route(contract.phoneCalls.search, async ({ db, caller, input }) => {
    const { calls, total } = await searchCalls(db, caller.teamId, searchFrom(input));
    return {
      pagination: paginationAsText(input, total),
      breadcrumbs: breadcrumbs(input),
      phone_calls: await presented({ db, caller }, calls),
      faceting: {},
      pipeline_total: total,
      num_fetch_result: null,
    };
  }),

  route(contract.phoneCalls.outcomes, async ({ db, caller }) => ({
    phone_call_outcomes: (await listOutcomes(db, caller.teamId)).map((outcome) => ({
      ...presentChoice(outcome),
      is_connect: outcome.isConnect,
    })),
  })),

  route(contract.phoneCalls.purposes, async ({ db, caller }) => ({
    phone_call_purposes: (await listPurposes(db, caller.teamId)).map(presentChoice),
  })),
];

async function presented(asking: Pick<Act, "db" | "caller">, calls: readonly CallRow[]) {
  const [contacts, accounts] = await Promise.all([
    contactsBeside(
      asking,
      calls.flatMap(({ contactId }) => contactId ?? []),
    ),
    accountsBeside(
      asking,
      calls.flatMap(({ accountId }) => accountId ?? []),
    ),
  ]);
  return calls.map((call) =>
    presentCall(call, contacts.get(call.contactId ?? "") ?? null, accounts.get(call.accountId ?? "") ?? null),
  );
}

function told(call: Awaited<ReturnType<typeof presented>>[number] | undefined) {
  if (!call) throw new Refusal("record_not_found");
  return { phone_call: call, contact: call.contact };
}

/** Words of clients, in ours. */
const STATUSES: Partial<Record<NonNullable<Wish["status"]>, string>> = {
  "no-answer": "no_answer",
  connected: "completed",
  left_message: "no_answer",
  not_attempted: "queued",
};

function wishFrom(input: Wish): CallWish {
  const { status, direction, start_time: start = input.called_at } = input;
  return {
    isLogged: input.logged,
    userId: input.user_id?.[0],
    contactId: input.contact_id,
    accountId: input.account_id,
    dealId: input.opportunity_id,
    taskId: input.outreach_task_id,
    outcomeId: input.phone_call_outcome_id,
    purposeId: input.phone_call_purpose_id,
    isInbound: input.inbound ?? (direction && direction === "inbound"),
    toNumber: input.to_number,
    fromNumber: input.from_number,
    status: status && (STATUSES[status] ?? status),
    startedAt: start ? readMoment(start) : (start as null | undefined),
    endedAt: input.end_time ? readMoment(input.end_time) : (input.end_time as null | undefined),
    duration: input.duration,
    recordingUrl: input.recording_url,
    note: input.note,
  };
}

function searchFrom(input: Search): CallSearch {
  const { min, max } = input.date_range ?? {};
  const userIds = [...(input.user_id ? [input.user_id] : []), ...(input.user_ids ?? [])];
  return {
    since: min ? readMoment(min) : null,
    // A bare date means the whole of that day.
    until: max ? (max.length === 10 ? readMoment(max).add({ hours: 24 }) : readMoment(max)) : null,
    isUntilIncluded: max !== undefined && max.length > 10,
    least: input.duration?.min ?? null,
    most: input.duration?.max ?? null,
    isInbound: input.inbound === undefined ? null : input.inbound === "incoming",
    userIds: filled(userIds),
    contactIds: filled([...(input.contact_id ? [input.contact_id] : []), ...(input.contact_ids ?? [])]),
    accountIds: filled([...(input.account_id ? [input.account_id] : []), ...(input.account_ids ?? [])]),
    labelIds: filled(input.contact_label_ids),
    purposeIds: filled(input.phone_call_purpose_ids),
    outcomeIds: filled(input.phone_call_outcome_ids),
    keywords: input.q_keywords?.trim() || null,
    sort: sortOf(input.sort_by_field),
    isAscending: input.sort_ascending,
    ...rowsOf(input),
  };
}

function filled<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

function sortOf(field: string | undefined): CallSort {
  const sort = CALL_SORTS.find((name) => name === (field || "start_time"));
  if (!sort) throw new Refusal("invalid_sort", {}, { skip_alert_dialog: true });
  return sort;
}

const CRUMBS = {
  q_keywords: "Contains Keywords",
  inbound: "Direction",
  user_id: "User",
  user_ids: "User",
  contact_id: "Contact",
  contact_ids: "Contact",
  account_id: "Account",
  account_ids: "Account",
  contact_label_ids: "Contact List",
  phone_call_purpose_ids: "Call Purpose",
  phone_call_outcome_ids: "Call Outcome",
} as const;

function breadcrumbs(input: Search) {
  const named = (Object.keys(CRUMBS) as (keyof typeof CRUMBS)[]).flatMap((name) =>
    [input[name] ?? []].flat().map((value) => crumb(CRUMBS[name], name, value, value)),
  );
  const { min, max } = input.date_range ?? {};
  return [
    ...named,
    ...(min ? [crumb("Date", "date_range", min, `After ${min}`)] : []),
    ...(max ? [crumb("Date", "date_range", max, `Before ${max}`)] : []),
  ];
}

function crumb(label: string, name: string, value: string, says: string) {
  return { label, signal_field_name: name, value, display_name: says };
}
