// Calls that common programs need, so that nobody has to search for them one by one.

import { endpoints, scopeName } from "@cadenza/contract";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

type ReadySet = { name: string; says: string; scopes: readonly string[] };

export const READY_SETS = perLanguage((): readonly ReadySet[] => [
  {
    name: t("Lead sync from Apollo"),
    says: t("Search and create contacts, find sequences and mailboxes, add contacts to sequences."),
    scopes: scopesFor(
      "contacts.search",
      "contacts.create",
      "contacts.update",
      "sequences.search",
      "emailAccounts.list",
      "joining.addContacts",
    ),
  },
  {
    name: t("Read-only reporting"),
    says: t("Run reports, and read sequences, emails and contacts in sequences."),
    scopes: scopesFor(
      "reports.sequence",
      "reports.sync",
      "reports.behind",
      "sequences.search",
      "sequences.list",
      "sequences.show",
      "enrollments.search",
      "enrollments.counts",
      "emailerMessages.search",
      "emailAccounts.list",
      "users.search",
    ),
  },
  {
    name: t("Stop contacts"),
    says: t("Find contacts and remove them from sequences, for example when they become customers."),
    scopes: scopesFor("contacts.search", "enrollments.search", "enrollments.removeOrStop"),
  },
]);

function scopesFor(...calls: readonly string[]) {
  return calls.map((call) => {
    const known = endpoints.find(({ name }) => name === call);
    if (known?.endpoint.access !== "scoped") throw new Error(`No key can be given ${call}.`);
    return scopeName(known.endpoint);
  });
}
