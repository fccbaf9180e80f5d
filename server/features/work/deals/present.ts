import { forecastedRevenue } from "../../../domain/work/deal.ts";
import { type Unread, unreadOfDeal } from "../../../domain/work/unread-fields.ts";
import { roleTypeIdOf } from "../../../kernel/ids.ts";
import { computedOrNull, stored } from "../../../kernel/moments.ts";
import { pipelineIdOf } from "../deal-stages/present.ts";
import type { DealRow, DealTotal, RoleRow } from "./store.ts";

type FieldsOfDeal = {
  values: Record<string, unknown>;
  errors: Record<string, string>;
  unread?: Unread;
};

const NO_FIELDS: FieldsOfDeal = { values: {}, errors: {} };

export function presentDeal(deal: DealRow, fields: FieldsOfDeal = NO_FIELDS) {
  const amount = deal.amount === null ? null : Number(deal.amount);
  const probability = deal.probability ?? deal.stageProbability ?? 0;
  return {
    id: deal.id,
    team_id: deal.teamId,
    owner_id: deal.ownerId,
    salesforce_owner_id: null,
    amount,
    closed_date: midnight(deal.closesOn),
    account_id: deal.accountId,
    description: deal.description,
    is_closed: deal.isClosed,
    is_won: deal.isWon,
    name: deal.name,
    stage_name: deal.stageName,
    opportunity_stage_id: deal.stageId,
    source: deal.source,
    salesforce_id: deal.salesforceId,
    created_at: stored(deal.createdAt),
    actual_close_date: midnight(deal.actuallyClosedOn),
    ...presentSelling(deal),
    deal_probability: probability,
    created_by_id: deal.creatorId,
    current_solutions: null,
    deal_source: null,
    manually_updated_probability: deal.probability,
    manually_updated_forecast: deal.forecast,
    crm_id: deal.crmId,
    crm_record_url: null,
    crm_owner_id: null,
    probability: deal.probability,
    opportunity_pipeline_id: pipelineIdOf(deal.teamId),
    stage_updated_at: computedOrNull(deal.stageUpdatedAt),
    exchange_rate_code: deal.currency,
    exchange_rate_value: 1,
    amount_in_team_currency: amount,
    forecasted_revenue: forecastedRevenue(amount, probability),
    last_activity_date: computedOrNull(deal.lastActivityAt),
    existence_level: "full" as const,
    typed_custom_fields: fields.values,
    custom_field_errors: fields.errors,
    field_errors: fields.unread ?? {},
    opportunity_rule_config_statuses: [],
    opportunity_contact_roles: deal.roles.map((role) => presentRole(deal.teamId, role)),
    currency: presentCurrency(deal.currency),
  };
}

function presentSelling(deal: DealRow) {
  return {
    next_step: deal.nextStep,
    next_step_date: midnight(deal.nextStepOn),
    next_step_last_updated_at: computedOrNull(deal.nextStepUpdatedAt),
    closed_lost_reason: deal.closedLostReason,
    closed_won_reason: deal.closedWonReason,
    forecast_category: (deal.forecast ?? deal.stageForecast ?? "Pipeline").toLowerCase(),
  };
}

/** By itself, or beside a contact, a deal brings its account along. */
export function presentDealShown<Account>(deal: DealRow, account: Account, fields?: FieldsOfDeal) {
  return { ...presentDeal(deal, fields), num_contacts: deal.roles.length, account };
}

/** Beside a contact Apollo prints the role as words. */
export function rolesInWords({ roles }: DealRow) {
  return roles.map(({ id, roles: names, ...contact }) => ({
    id,
    role: inWords(names),
    contact: presentContact(contact),
  }));
}

/** All roles of one contact as one text. */
function inWords(names: readonly string[]) {
  return names.length > 0 ? names.join(", ") : null;
}

function presentRole(teamId: string, { id, roles, isPrimary, ...row }: RoleRow) {
  const typed = { is_primary: isPrimary, crm_role_id: null, crm_id: null };
  return {
    id,
    contact_id: row.contactId,
    is_primary: isPrimary,
    created_at: stored(Temporal.Instant.from(row.createdAt)),
    updated_at: stored(Temporal.Instant.from(row.updatedAt)),
    role: roles.map((name) => ({ opportunity_contact_role_type_id: roleTypeIdOf(teamId, name), ...typed })),
    role_name: inWords(roles),
    role_names: roles,
    contact: presentContact(row),
  };
}

function presentContact({
  contactId,
  name,
  firstName,
  lastName,
}: Omit<RoleRow, "id" | "roles" | "isPrimary" | "email">) {
  return { id: contactId, name, first_name: firstName, last_name: lastName };
}

/** Days of deals are printed as their midnight. */
function midnight(day: Temporal.PlainDate | null) {
  return day === null ? null : `${day.toString()}T00:00:00.000+00:00`;
}

const currencyNames = new Intl.DisplayNames("en", { type: "currency" });

function presentCurrency(code: string) {
  const parts = new Intl.NumberFormat("en", {
    style: "currency",
    currency: code,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  const symbol = parts.find(({ type }) => type === "currency")?.value ?? code;
  return { name: currencyNames.of(code) ?? code, iso_code: code, symbol };
}

export function presentTotal({ stageId, currency, deals, amount, weighted }: DealTotal) {
  return {
    opportunity_stage_id: stageId,
    currency_code: currency,
    deals,
    amount: Number(amount),
    weighted: Number(weighted),
  };
}

/** What was sent and not taken. */
export function presentUnread(said: Parameters<typeof unreadOfDeal>[0]) {
  return unreadOfDeal(said);
}
