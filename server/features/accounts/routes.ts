import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../app.ts";
import { route } from "../../http/route.ts";
import { Refusal } from "../../refusal.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { presentLabel } from "../labels/present.ts";
import { findLabels, labelsOf } from "../labels/store.ts";
import { presentBulkUpdate } from "../progress/present.ts";
import { findStages } from "../stages/store.ts";
import {
  type Asked,
  changeAccount,
  changeAccounts,
  changeAccountsLater,
  createAccount,
  createAccounts,
  deleteAccount,
  getAccount,
  mergeIntoAccount,
} from "./commands.ts";
import {
  presentAccount,
  presentCreatedAccount,
  presentCrumbs,
  presentOwner,
  presentShownAccount,
} from "./present.ts";
import { type AccountFilter, type AccountSort, searchAccounts } from "./store.ts";

const { accounts } = contract;

export const routes = [
  route(accounts.create, async ({ input, ...act }) => {
    const { account, fieldErrors } = await createAccount(act, readAsked(input));
    const fields = await fieldsOf(act, [account.id]);
    return { account: presentAccount(account, fields.get(account.id), fieldErrors) };
  }),

  route(accounts.get, async ({ input, ...act }) => {
    const account = await getAccount(act, input.id);
    const fields = await fieldsOf(act, [account.id]);
    return {
      account: presentShownAccount(account, fields.get(account.id) ?? {}),
      salesforce_users: [],
      hubspot_owners: [],
    };
  }),

  route(accounts.update, async ({ input, ...act }) => {
    const { account, fieldErrors } = await changeAccount(act, input.id, readAsked(input));
    const fields = await fieldsOf(act, [account.id]);
    const labels = await labelsOf(act.db, act.caller.teamId, "accounts", [account.id]);
    return {
      account: presentAccount(account, fields.get(account.id), fieldErrors),
      labels: labels.map(presentLabel),
    };
  }),

  route(accounts.search, async ({ input, ...act }) => {
    const { db, caller } = act;
    const { page, per_page } = input;
    const filter = readFilter(input);
    const order = { sort: readSort(input.sort_by_field), ascending: readDirection(input) };
    const offset = (page - 1) * per_page;
    const found = await searchAccounts(db, caller.teamId, filter, { ...order, limit: per_page, offset });
    const fields = await fieldsOf(
      act,
      found.accounts.map(({ id }) => id),
    );
    const stages = filter.stageIds ? await findStages(db, caller.teamId, "account", filter.stageIds) : [];
    const labels = filter.labelIds ? await findLabels(db, caller.teamId, filter.labelIds) : [];
    return {
      accounts: found.accounts.map((account) => presentAccount(account, fields.get(account.id))),
      breadcrumbs: presentCrumbs(filter, stages, labels),
      partial_results_only: found.total > 50_000,
      has_join: false,
      disable_eu_prospecting: false,
      partial_results_limit: 10_000,
      pagination: {
        page,
        per_page,
        total_entries: found.total,
        total_pages: Math.ceil(found.total / per_page),
      },
      num_fetch_result: null,
    };
  }),

  route(accounts.bulkCreate, async ({ input, ...act }) => {
    const rows = input.accounts ?? input.accounts_with_labels;
    if (!rows || rows.length === 0) throw new Refusal("accounts_missing");
    if (rows.length > 100) throw new Refusal("accounts_too_many");
    const { created, existing } = await createAccounts(act, {
      rows: rows.map(readAsked),
      labelNames: input.append_label_names ?? [],
      dedupe: input.run_dedupe,
    });
    return {
      created_accounts: created.map(presentCreatedAccount),
      existing_accounts: existing.map(presentCreatedAccount),
    };
  }),

  route(accounts.bulkUpdate, async ({ input, ...act }) => {
    const ids = [...new Set(input.account_ids ?? [])];
    const rows = input.account_attributes ?? [];
    if (ids.length === 0 && rows.length === 0) throw new Refusal("account_changes_missing");
    if (ids.length > 1000 || rows.length > 1000) throw new Refusal("account_changes_too_many");
    if (input.async && ids.length === 0) throw new Refusal("async_not_permitted");
    const alike = readChange(input);
    if (input.async) return presentBulkUpdate(await changeAccountsLater(act, ids, alike));

    const changes =
      ids.length > 0
        ? ids.map((id) => ({ id, asked: alike }))
        : rows.map((row) => ({ id: row.id, asked: readChange(row) }));
    const changed = await changeAccounts(act, changes);
    const fields = await fieldsOf(
      act,
      changed.map(({ id }) => id),
    );
    const askedOf = new Map(changes.map(({ id, asked }) => [id, asked]));
    return {
      accounts: changed.map((account) => {
        const asked = askedOf.get(account.id) ?? {};
        const full = presentAccount(account, fields.get(account.id));
        return {
          id: full.id,
          ...(asked.name !== undefined && { name: full.name }),
          ...(asked.ownerId !== undefined && { owner_id: full.owner_id }),
          ...(asked.accountStageId !== undefined && { account_stage_id: full.account_stage_id }),
          ...(asked.fields !== undefined && { typed_custom_fields: full.typed_custom_fields }),
        };
      }),
    };
  }),

  route(accounts.updateOwners, async ({ input, ...act }) => {
    const asked = { ownerId: input.owner_id };
    const ids = [...new Set(input.account_ids)];
    const changed = await changeAccounts(
      act,
      ids.map((id) => ({ id, asked })),
    );
    return { accounts: changed.map(presentOwner) };
  }),

  route(accounts.delete, async ({ input, ...act }) => {
    await deleteAccount(act, input.id);
    return { account: { id: input.id, deleted: true as const } };
  }),

  route(accounts.merge, async ({ input, ...act }) => {
    const { account, merged } = await mergeIntoAccount(act, input.winner_id, input.loser_ids);
    const fields = await fieldsOf(act, [account.id]);
    return { account: presentAccount(account, fields.get(account.id)), merged_account_ids: merged };
  }),
];

function fieldsOf({ db, caller }: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  return fieldValuesOf(db, caller.teamId, "account", ids);
}

type Attributes = z.output<typeof accounts.create.input>;

function readAsked(input: Attributes): Asked {
  return {
    ...readChange(input),
    domain: input.domain,
    phone: input.phone === undefined ? input.phone_number : input.phone,
    rawAddress: input.raw_address,
    websiteUrl: input.website_url,
    linkedinUrl: input.linkedin_url,
    twitterUrl: input.twitter_url,
    facebookUrl: input.facebook_url,
    logoUrl: input.logo_url,
    industry: input.industry,
    estimatedNumEmployees: input.estimated_num_employees,
    annualRevenue: input.annual_revenue,
    foundedYear: input.founded_year,
    organizationId: input.organization_id,
    parentAccountId: input.parent_account_id,
    phoneStatus: input.phone_status_cd,
    crmOwnerId: input.crm_owner_id,
    salesforceId: input.salesforce_id,
    hubspotId: input.hubspot_id,
    mergedCrmIds: input.merged_crm_ids,
    labelNames: input.label_names,
  };
}

type Changeable = Pick<Attributes, "name" | "owner_id" | "account_stage_id" | "typed_custom_fields">;

function readChange(input: Changeable): Asked {
  return {
    name: input.name,
    ownerId: input.owner_id,
    accountStageId: input.account_stage_id,
    fields: input.typed_custom_fields ?? undefined,
  };
}

type Search = z.output<typeof accounts.search.input>;

function readFilter(input: Search): AccountFilter {
  const stageIds = listOrNull(input.account_stage_ids)?.map((id) => id.toLowerCase()) ?? null;
  if (stageIds?.some((id) => !/^[0-9a-f]{24}$/.test(id))) throw new Refusal("search_entered_wrongly");
  return {
    name: input.q_organization_name?.trim() || null,
    keywords: input.q_keywords?.trim() || null,
    stageIds,
    labelIds: listOrNull(input.account_label_ids),
    ownerIds: listOrNull(input.account_owner_ids),
    accountIds: listOrNull(input.account_ids),
    domains:
      listOrNull(input.q_organization_domains_list)?.map((domain) => domain.trim().toLowerCase()) ?? null,
  };
}

/** An empty list filters nothing, as Apollo takes it. */
function listOrNull(values: readonly string[] | undefined) {
  return values && values.length > 0 ? values : null;
}

const SORTS: Record<string, AccountSort> = {
  account_last_activity_date: "activity",
  account_created_at: "created",
  account_updated_at: "updated",
};

function readSort(field: string | undefined): AccountSort {
  if (!field) return "created";
  const sort = Object.hasOwn(SORTS, field) ? SORTS[field] : undefined;
  if (!sort) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  return sort;
}

function readDirection({ sort_by_field, sort_ascending }: Search) {
  return Boolean(sort_by_field) && sort_ascending;
}
