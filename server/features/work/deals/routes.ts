import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { route, routeAlsoCsv } from "../../../http/route.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { fieldValuesOf } from "../../contacts/custom-fields/store.ts";
import { dealsShown } from "./beside.ts";
import { changeDeal, changeDeals, createDeal, deleteDeal, deleteDeals, getDeal } from "./commands.ts";
import { readBulkChange, readDealWish, readNewDeal, readRole } from "./deal-input.ts";
import type { SavedDeal } from "./deal-wish.ts";
import { dealsFile } from "./file.ts";
import { GROUPINGS, readDealOrder } from "./orders.ts";
import { presentDeal, presentTotal, presentUnread, rolesInWords } from "./present.ts";
import { listRoleTypes } from "./roles.ts";
import { type DealFilter, dealsOfContact, dealTotals, searchDeals } from "./store.ts";

type Search = z.output<typeof contract.opportunities.search.input>;

export const routes = [
  route(contract.opportunities.create, async ({ input, ...act }) =>
    answer(act, await createDeal(act, readNewDeal(input)), input),
  ),
  route(contract.opportunities.update, async ({ input, ...act }) =>
    answer(act, await changeDeal(act, input.id, readDealWish(input)), input),
  ),

  route(contract.opportunities.get, async ({ input, ...act }) => {
    const [opportunity] = await dealsShown(act, [await getDeal(act, input.id)]);
    if (!opportunity) throw new Refusal("deal_not_found", {}, { status: 404 });
    return { opportunity };
  }),

  route(contract.opportunities.ofContact, async ({ input, ...act }) => {
    const deals = await dealsOfContact(act.db, act.caller.teamId, input.id);
    const words = new Map(deals.map((deal) => [deal.id, rolesInWords(deal)]));
    const shown = await dealsShown(act, deals);
    return {
      opportunities: shown.map((deal) => ({
        ...deal,
        opportunity_contact_roles: words.get(deal.id) ?? [],
      })),
    };
  }),

  route(contract.opportunities.updateRoles, async ({ input, ...act }) => {
    const { deal } = await changeDeal(act, input.opportunity_id, {
      roles: input.roles.map(readRole),
    });
    const [opportunity] = await dealsShown(act, [deal]);
    if (!opportunity) throw new Refusal("deal_does_not_exist");
    return { opportunity };
  }),

  route(contract.opportunityContactRoleTypes.search, async (act) => ({
    opportunity_contact_role_types: (await listRoleTypes(act)).map(({ id, name, position }) => ({
      id,
      name,
      display_order: position,
    })),
  })),

  routeAlsoCsv(
    contract.opportunities.search,
    async ({ input, ...act }) => search(act, input),
    async ({ input, db, caller }) =>
      dealsFile(db, caller.teamId, filterOf(input), {
        columns: input.csv_columns,
        order: await readDealOrder(db, caller.teamId, input.sort_by_field),
        isAscending: input.sort_ascending,
      }),
  ),
  route(contract.opportunities.list, async ({ input, ...act }) => search(act, input)),

  route(contract.opportunities.totals, async ({ db, caller, input }) => ({
    totals: (await dealTotals(db, caller.teamId, filterOf(input))).map(presentTotal),
  })),

  route(contract.opportunities.bulkUpdate, async ({ input, ...act }) => {
    const saved = await changeDeals(act, readBulkChange(input));
    return {
      opportunities: await dealsShown(
        act,
        saved.map(({ deal }) => deal),
      ),
    };
  }),
  route(contract.opportunities.bulkDelete, async ({ input, ...act }) => ({
    deleted_opportunity_ids: (await deleteDeals(act, input.opportunity_ids)).map(({ id }) => id),
  })),

  route(contract.opportunities.delete, async ({ input, ...act }) => {
    const { id } = await deleteDeal(act, input.id);
    return { opportunity: { id, deleted: true as const } };
  }),
];

async function answer(
  { db, caller }: Act,
  { deal, fieldErrors }: SavedDeal,
  said: { amount?: string | null | undefined },
) {
  const values = await fieldValuesOf(db, caller.teamId, "opportunity", [deal.id]);
  const fields = { values: values.get(deal.id) ?? {}, errors: fieldErrors, unread: presentUnread(said) };
  return { opportunity: presentDeal(deal, fields) };
}

async function search({ db, caller }: Act, input: Search) {
  const { teamId } = caller;
  const grouping = input.group_by ? GROUPINGS[input.group_by] : null;
  const { deals, total, groups } = await searchDeals(db, teamId, {
    ...filterOf(input),
    order: await readDealOrder(db, teamId, input.sort_by_field),
    grouping,
    isAscending: input.sort_ascending,
    ...rowsOf(input),
  });
  return {
    breadcrumbs: breadcrumbs(input),
    opportunities: await dealsShown({ db, caller }, deals),
    salesforce_users: [],
    partial_results_only: false,
    has_join: false,
    disable_eu_prospecting: false,
    partial_results_limit: 10_000,
    pagination: pagination(input, total),
    num_fetch_result: null,
    ...(grouping && { groups }),
  };
}

type Filters = z.output<typeof contract.opportunities.totals.input>;

function filterOf(input: Filters & { q_opportunity_name?: string | undefined }): DealFilter {
  return {
    keywords: input.q_keywords?.trim() || null,
    name: input.q_opportunity_name?.trim() || null,
    stageIds: anyOf(input.opportunity_stage_id, input.opportunity_stage_ids),
    accountId: input.account_id ?? null,
    ownerIds: anyOf(input.owner_id, input.owner_ids),
    closesFrom: input.closes_from ?? null,
    closesUntil: input.closes_until ?? null,
  };
}

function anyOf(one: string | undefined, several: readonly string[] = []) {
  const all = [...(one ? [one] : []), ...several];
  return all.length > 0 ? all : null;
}

const CRUMBS = {
  q_keywords: "Contains Keywords",
  q_opportunity_name: "Deal Name",
  opportunity_stage_id: "Stage",
  opportunity_stage_ids: "Stage",
  account_id: "Account",
  owner_id: "Owner",
  owner_ids: "Owner",
  closes_from: "Close Date",
  closes_until: "Close Date",
} as const;

function breadcrumbs(input: Search) {
  return (Object.keys(CRUMBS) as (keyof typeof CRUMBS)[]).flatMap((name) => {
    return [input[name] ?? []]
      .flat()
      .flatMap((value) =>
        value ? [{ label: CRUMBS[name], signal_field_name: name, value, display_name: value }] : [],
      );
  });
}
