import { t } from "../../../language/t.ts";
import { save } from "../../../parts/download.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import type { ContactSearch } from "./queries.ts";

/** All that a search finds, as a file: asked for as JSON, answered as text. */
export async function exportContacts(search: ContactSearch) {
  toast(t("Preparing the file …"));
  try {
    const text: unknown = await api.contacts.search(search, { headers: { accept: "text/csv" } });
    save(new Blob([String(text)], { type: "text/csv" }), "contacts.csv");
  } catch (error) {
    toast(accountFor(error, "reading").happened);
  }
}
