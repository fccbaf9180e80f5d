import type { Input } from "@cadenza/sdk";
import { t } from "../../../language/t.ts";
import { save } from "../../../parts/download.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";

/** All companies that a search finds, as a file. */
export async function exportCompanies(search: Input<"accounts", "search">) {
  toast(t("Preparing the file …"));
  try {
    const file = await api.accounts.search.csv(search);
    save(new Blob([await file.bytes()], { type: "text/csv" }), "companies.csv");
  } catch (error) {
    toast(accountFor(error, "reading").happened);
  }
}
