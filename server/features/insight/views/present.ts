import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { stored } from "../../../kernel/moments.ts";
import type { ViewRow } from "./store.ts";

export type ViewSubject = z.output<typeof contract.views.create.input>["subject"];

export function presentView(view: ViewRow<string>) {
  return {
    id: view.id,
    subject: view.subject as ViewSubject, // nothing else is ever stored
    name: view.name,
    filter: view.filter,
    columns: view.columns === null ? null : [...view.columns],
    pinned: [...view.pinned],
    widths: { ...view.widths },
    sort: view.sort,
    shared: view.isShared,
    user_id: view.userId,
    created_at: stored(view.createdAt),
    updated_at: stored(view.updatedAt),
  };
}
