// A search for sequences: what is sent, and what of it was understood.

import { sortField } from "../../sequences/sequences/sorting-store.ts";
import type { SequenceSearch } from "../../sequences/sequences/store.ts";

export type SearchInput = {
  page: number;
  per_page: number;
  q_name?: string | undefined;
  q_keywords?: string | undefined;
  name?: string | undefined;
  emailer_campaign_status?: SequenceSearch["status"] | undefined;
  label_ids?: string[] | undefined;
  user_ids?: string[] | undefined;
  folder_id?: string | undefined;
  starred?: boolean | undefined;
  sort_by_field?: string | undefined;
  sort_ascending: boolean;
};

export function searchFrom(input: SearchInput, viewer: SequenceSearch["viewer"]): SequenceSearch {
  const sort = sortField(input.sort_by_field);
  return {
    words: [input.q_name, input.q_keywords, input.name].flatMap(
      (text) => text?.split(/\s+/).filter(Boolean) ?? [],
    ),
    status: input.emailer_campaign_status ?? "unarchived",
    ownerIds: listOrNull(input.user_ids),
    labelIds: listOrNull(input.label_ids),
    folderId: input.folder_id ?? null,
    starredOnly: input.starred ?? false,
    viewer,
    sort: sort ?? "created_at",
    ascending: sort !== null && input.sort_ascending,
    limit: input.per_page,
    offset: (input.page - 1) * input.per_page,
  };
}

/** One crumb for each filter that was understood: clients see by it what was not. */
export function breadcrumbs(input: SearchInput) {
  const crumb = (label: string, field: string) => (value: string) => ({
    label,
    signal_field_name: field,
    value,
    display_name: value,
  });
  const one = (value: string | undefined) => (value ? [value] : []);
  return [
    ...one(input.q_name).map(crumb("Name", "q_name")),
    ...one(input.q_keywords).map(crumb("Contains Keywords", "q_keywords")),
    ...one(input.name).map(crumb("Name", "name")),
    ...one(input.emailer_campaign_status).map(crumb("Status", "emailer_campaign_status")),
    ...(input.label_ids ?? []).map(crumb("Lists", "label_ids")),
    ...(input.user_ids ?? []).map(crumb("Owner", "user_ids")),
    ...one(input.folder_id).map(crumb("Folder", "folder_id")),
    ...(input.starred ? ["true"] : []).map(crumb("Starred", "starred")),
  ];
}

function listOrNull(ids: string[] | undefined) {
  return ids && ids.length > 0 ? ids : null;
}
