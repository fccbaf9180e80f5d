import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Page, Section } from "../../parts/Page.tsx";
import { State } from "../../parts/State.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useIsAdmin } from "../../session.ts";
import { ApplicationDialog } from "./ApplicationDialog.tsx";
import { ApplicationForm } from "./ApplicationForm.tsx";
import { ConnectedDialog } from "./ConnectedDialog.tsx";
import { Credentials } from "./Credentials.tsx";
import {
  type Application,
  type ConnectedApp,
  type MadeApplication,
  useApplications,
  useConnectedApps,
} from "./queries.ts";
import { countConnected, sayMay, sayPeople } from "./words.ts";

/** What acts for oneself; and for admins, what anybody of the team has let in. */
export function AppsPage() {
  const connected = useConnectedApps();
  const [address, change] = useAddress();
  const isAdmin = useIsAdmin();
  const [made, setMade] = useState<MadeApplication | null>(null);
  const opened = connected.data?.find(({ id }) => id === address.open);
  const add = (
    <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
      Add an application
    </Button>
  );
  return (
    <Page
      title="Connected apps"
      state={connected.data && countConnected(connected.data.length)}
      action={isAdmin && add}
    >
      {connected.error ? (
        <Trouble error={connected.error} onRetry={() => void connected.refetch()} />
      ) : connected.data?.length === 0 ? (
        <Empty says="Applications that ask you first, such as agents and Apollo's command line, act here in your name. None does at present; you connect one from its own side." />
      ) : (
        <DataTable
          label="Connected apps"
          columns={CONNECTED}
          rows={connected.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
        />
      )}
      {isAdmin && <Applications />}
      {opened && <ConnectedDialog app={opened} onClose={() => change({ open: undefined })} />}
      {address.do === "create" && isAdmin && (
        <ApplicationForm
          onClose={() => change({ do: undefined })}
          onAdded={(application) => {
            setMade(application);
            change({ do: undefined });
          }}
        />
      )}
      {made && <Credentials made={made} onDone={() => setMade(null)} />}
    </Page>
  );
}

function Applications() {
  const applications = useApplications();
  const [address, change] = useAddress();
  const opened = applications.data?.find(({ id }) => id === address.peek);
  return (
    <Section
      title="Applications of the team"
      note="Those that you added, and those that somebody of the team let in."
    >
      {applications.error ? (
        <Trouble error={applications.error} onRetry={() => void applications.refetch()} />
      ) : applications.data?.length === 0 ? (
        <p className="soft">None yet.</p>
      ) : (
        <DataTable
          label="Applications of the team"
          columns={OF_TEAM}
          rows={applications.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ peek: id })}
          isOver={({ revoked_at }) => revoked_at !== null}
        />
      )}
      {opened && <ApplicationDialog application={opened} onClose={() => change({ peek: undefined })} />}
    </Section>
  );
}

const CONNECTED: Column<ConnectedApp>[] = [
  { header: "Name", width: "32%", cell: ({ name }) => name },
  { header: "May", cell: ({ scopes }) => sayMay(scopes) },
  { header: "Since", align: "right", cell: ({ connected_at }) => <Moment at={connected_at} /> },
  {
    header: "Last used",
    align: "right",
    cell: ({ last_used_at }) => <Moment at={last_used_at} none="Never" />,
  },
];

const OF_TEAM: Column<Application>[] = [
  { header: "Name", width: "32%", cell: ({ name }) => name },
  { header: "Came", cell: ({ added_by_admin }) => (added_by_admin ? "Added by an admin" : "By itself") },
  {
    header: "State",
    cell: ({ revoked_at, people }) =>
      revoked_at ? (
        <State kind="off">Ended</State>
      ) : (
        <State kind={people > 0 ? "good" : "waiting"}>{sayPeople(people)}</State>
      ),
  },
  {
    header: "Last used",
    align: "right",
    cell: ({ last_used_at }) => <Moment at={last_used_at} none="Never" />,
  },
];
