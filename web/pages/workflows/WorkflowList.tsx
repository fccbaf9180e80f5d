import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAddress } from "../../parts/address.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { RecordTable } from "../../parts/records/RecordTable.tsx";
import { useWindowed } from "../../parts/records/useWindowed.ts";
import { SearchBox } from "../../parts/SearchBox.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { CreateDialog } from "./CreateDialog.tsx";
import { WORKFLOW_COLUMNS } from "./columns.tsx";
import { workflowsSource } from "./queries.ts";

const STATES = [
  { value: "", label: "All" },
  { value: "on", label: "On" },
  { value: "off", label: "Off" },
  { value: "archived", label: "Archived" },
];

/** What the team has done by itself. */
export function WorkflowList() {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const { q = "", status = "" } = address;
  const source = useMemo(() => workflowsSource({ q, status }), [q, status]);
  const rows = useWindowed(source);
  const create = (
    <Button leftSection={<IconPlus size="0.875rem" aria-hidden />} onClick={() => change({ do: "create" })}>
      Create a workflow
    </Button>
  );
  return (
    <Page
      title="Workflows"
      state={rows.total !== undefined && `${rows.total} ${rows.total === 1 ? "workflow" : "workflows"}.`}
      action={create}
      fills
    >
      <div className="row">
        <SearchBox label="Search workflows" value={q} onChange={(next) => change({ q: next || undefined })} />
        <Segmented
          aria-label="State"
          data={STATES}
          value={status}
          onChange={(next) => change({ status: next || undefined })}
        />
      </div>
      <RecordTable
        label="Workflows"
        columns={WORKFLOW_COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        href={({ id }) => `/workflows/${id}`}
        onOpen={({ id }) => void navigate({ to: "/workflows/$id", params: { id } })}
        storageKey="workflows"
        empty={
          q || status ? (
            <Empty says="No workflow matches this.">
              <Button variant="default" onClick={() => change({ q: undefined, status: undefined })}>
                Show all
              </Button>
            </Empty>
          ) : (
            <Empty says="A workflow does by itself what you would do by hand: whom its filters find is put on a list, into a sequence, to a colleague. It says of everybody why they were taken, or were not.">
              <Button variant="default" onClick={() => change({ do: "create" })}>
                Create a workflow
              </Button>
            </Empty>
          )
        }
      />
      {address.do === "create" && <CreateDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}
