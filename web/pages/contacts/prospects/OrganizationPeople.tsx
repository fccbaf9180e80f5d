import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { nameOf, sayEmail, sayPlace } from "./columns.tsx";
import { workforceQuery } from "./organization.ts";
import { ProspectPeek } from "./ProspectPeek.tsx";
import type { Prospect } from "./queries.ts";
import { SaveDialog } from "./SaveDialog.tsx";
import { saySaved } from "./saved-words.ts";

/** Who works there, as far as the store knows: whom the team has saved, and who is net new. */
export function OrganizationPeople({ id }: { id: string }) {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(workforceQuery(id));
  const openContact = (contactId: string) =>
    void navigate({ to: "/contacts/$id", params: { id: contactId } });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data?.total === 0) return <Empty says={t("No people from this company in the people database.")} />;
  return (
    <div className="stack">
      {data && (
        <div className="row">
          <p className="soft" role="status">
            {t(
              "{total, plural, one {# person} other {# people}}, {saved, number} saved, {total2, number} net new",
              { total: data.total, saved: data.saved, total2: data.total - data.saved },
            )}
          </p>
          {data.total > data.saved && (
            <Button variant="default" onClick={() => change({ do: "save" })}>
              {t("Save net new people")}
            </Button>
          )}
        </div>
      )}
      <DataTable
        label={t("People")}
        columns={COLUMNS}
        rows={data?.people}
        rowKey={(one) => one.id}
        onOpen={(one) => (one.contact_id ? openContact(one.contact_id) : change({ peek: one.id }))}
      />
      {data && data.total > data.people.length && (
        <p className="soft small">
          {t("Showing the first {people, number}.", { people: data.people.length })}
        </p>
      )}
      {address.do === "save" && (
        <SaveDialog
          wish={{ person_filter: { organization_ids: [id], prospected_by_current_team: ["no"] } }}
          goesOn={false}
          onClose={() => change({ do: undefined })}
          onSaved={(answer) => {
            change({ do: undefined });
            toast(saySaved(answer));
          }}
        />
      )}
      {address.peek && (
        <ProspectPeek id={address.peek} onClose={() => change({ peek: undefined })} onOpen={openContact} />
      )}
    </div>
  );
}

const COLUMNS: Column<Prospect>[] = perLanguage(() => [
  { header: t("Name"), width: "28%", cell: nameOf },
  { header: t("Title"), cell: ({ title }) => title ?? <span className="soft">–</span> },
  { header: t("Location"), cell: sayPlace },
  { header: t("Email"), cell: sayEmail },
  { header: t("Saved"), cell: ({ contact_id }) => (contact_id ? t("Saved") : t("Net new")) },
]);
