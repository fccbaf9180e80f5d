import { stored } from "../../../kernel/moments.ts";
import type { LabelModality, LabelRow } from "./store.ts";

const MODALITIES = {
  contacts: "contacts",
  accounts: "accounts",
  sequences: "emailer_campaigns",
} as const satisfies Record<LabelModality, string>;

/** The form in which a label is answered by itself, or beside the records on it. */
export function presentLabel(label: LabelRow) {
  return {
    id: label.id,
    modality: MODALITIES[label.modality],
    cached_count: label.count,
    name: label.name,
    created_at: stored(label.createdAt),
    updated_at: stored(label.updatedAt),
    user_id: label.userId,
    book_of_business: label.bookOfBusiness,
  };
}

/** The longer form, of the list of all labels. */
export function presentLabelEntry(label: LabelRow) {
  const { id, cached_count, created_at, modality, name, updated_at, user_id } = presentLabel(label);
  return {
    _id: id,
    cached_count,
    concurrency_locks: {},
    created_at,
    modality,
    name,
    need_cached_count_update: false,
    needs_count_update_at: null,
    rule_config_template_id: null,
    team_id: label.teamId,
    updated_at,
    user_id,
    id,
    key: id,
  };
}
