import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { nameOf, sayEmail, sayPlace } from "./columns.tsx";
import { workforceQuery } from "./organization.ts";
import { saySaved } from "./ProspectBar.tsx";
import { ProspectPeek } from "./ProspectPeek.tsx";
import type { Prospect } from "./queries.ts";
import { SaveDialog } from "./SaveDialog.tsx";

/** Who works there, as far as the store knows: whom the team has saved, and who is net new. */
export function OrganizationPeople({ id }: { id: string }) {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(workforceQuery(id));
  const openContact = (contactId: string) =>
    void navigate({ to: "/contacts/$id", params: { id: contactId } });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data?.total === 0) return <Empty says="Nobody of this company is in the store." />;
  return (
    <div className="stack">
      {data && (
        <div className="row">
          <p className="soft" role="status">
            {figure(data.total)} {data.total === 1 ? "person" : "people"}, {figure(data.saved)} saved,{" "}
            {figure(data.total - data.saved)} net new
          </p>
          {data.total > data.saved && (
            <Button variant="default" onClick={() => change({ do: "save" })}>
              Save the net new
            </Button>
          )}
        </div>
      )}
      <DataTable
        label="People"
        columns={COLUMNS}
        rows={data?.people}
        rowKey={(one) => one.id}
        onOpen={(one) => (one.contact_id ? openContact(one.contact_id) : change({ peek: one.id }))}
      />
      {data && data.total > data.people.length && (
        <p className="soft small">The first {figure(data.people.length)} are shown.</p>
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

const COLUMNS: Column<Prospect>[] = [
  { header: "Name", width: "28%", cell: nameOf },
  { header: "Title", cell: ({ title }) => title ?? <span className="soft">–</span> },
  { header: "Place", cell: sayPlace },
  { header: "Email", cell: sayEmail },
  { header: "Saved", cell: ({ contact_id }) => (contact_id ? "Saved" : "Net new") },
];
