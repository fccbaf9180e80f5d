import { t } from "../../../language/t.ts";
import { save } from "../../../parts/download.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import type { DealFilter } from "./queries.ts";

/** All deals of the page's filter, as a file that an import understands. */
export async function exportDeals(filter: DealFilter) {
  toast(t("Preparing the file …"));
  try {
    const file = await api.opportunities.search.csv(filter);
    save(new Blob([await file.bytes()], { type: "text/csv" }), "deals.csv");
  } catch (error) {
    toast(accountFor(error, "reading").happened);
  }
}
