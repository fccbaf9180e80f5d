import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { FoundContact } from "../contacts/queries.ts";
import { MailStanding, nameOf } from "../contacts/words.tsx";
import { MOST_PEOPLE, peopleOfCompany, type ShownCompany } from "./queries.ts";

/** Who works there, as far as we know them. */
export function CompanyPeople({ company }: { company: ShownCompany }) {
  const navigate = useNavigate();
  const people = useQuery(peopleOfCompany(company.id));
  if (people.error) return <Trouble error={people.error} onRetry={() => void people.refetch()} />;
  if (people.data?.contacts.length === 0) return <Empty says={t("No contacts at this company yet.")} />;
  return (
    <div className="stack">
      <DataTable
        label={t("Contacts")}
        columns={COLUMNS}
        rows={people.data?.contacts}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: "/contacts/$id", params: { id } })}
      />
      {(people.data?.pagination.total_entries ?? 0) > MOST_PEOPLE && (
        <div>
          <Button
            variant="default"
            onClick={() =>
              void navigate({
                to: "/contacts",
                search: { filter: JSON.stringify({ company: company.name ?? "" }) },
              })
            }
          >
            {t("Show all in Contacts")}
          </Button>
        </div>
      )}
    </div>
  );
}

const COLUMNS: Column<FoundContact>[] = perLanguage(() => [
  { header: t("Name"), width: "32%", cell: nameOf },
  { header: t("Title"), cell: ({ title }) => title ?? <span className="soft">–</span> },
  { header: t("Email status"), cell: (contact) => <MailStanding contact={contact} /> },
]);
