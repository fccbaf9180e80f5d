import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useIsAdmin } from "../../../session.ts";
import { ApplicationDialog } from "./ApplicationDialog.tsx";
import { ConnectedDialog } from "./ConnectedDialog.tsx";
import { Credentials } from "./Credentials.tsx";
import {
  type Application,
  applicationsQuery,
  type ConnectedApp,
  connectedQuery,
  type MadeApplication,
  useApplications,
  useConnectedApps,
} from "./queries.ts";
import { countConnected, sayMay, sayPeople } from "./words.ts";

/** It shows every scope of the contract, which is the largest file there is. */
const ApplicationForm = lazy(async () => ({
  default: (await import("./ApplicationForm.tsx")).ApplicationForm,
}));

/** What acts for oneself; and for admins, what anybody of the team has let in. */
export function AppsPage() {
  const connected = useConnectedApps();
  const [address, change] = useAddress();
  const isAdmin = useIsAdmin();
  const [made, setMade] = useState<MadeApplication | null>(null);
  const opened = connected.data?.find(({ id }) => id === address.open);
  const add = (
    <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
      {t("Add application")}
    </Button>
  );
  return (
    <Page
      title={t("Connected apps")}
      state={connected.data && countConnected(connected.data.length)}
      action={isAdmin && add}
    >
      <AllAtOnce asks={isAdmin ? [connectedQuery, applicationsQuery] : [connectedQuery]}>
        {connected.error ? (
          <Trouble error={connected.error} onRetry={() => void connected.refetch()} />
        ) : connected.data?.length === 0 ? (
          <Empty
            says={t(
              "No connected apps. To connect one, such as an AI agent or Apollo's command line, start in that app.",
            )}
          />
        ) : (
          <DataTable
            label={t("Connected apps")}
            columns={CONNECTED}
            rows={connected.data}
            rowKey={({ id }) => id}
            onOpen={({ id }) => change({ open: id })}
          />
        )}
        {isAdmin && <Applications />}
      </AllAtOnce>
      {opened && <ConnectedDialog app={opened} onClose={() => change({ open: undefined })} />}
      {address.do === "create" && isAdmin && (
        <Suspense fallback={null}>
          <ApplicationForm
            onClose={() => change({ do: undefined })}
            onAdded={(application) => {
              setMade(application);
              change({ do: undefined });
            }}
          />
        </Suspense>
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
      title={t("Applications of the team")}
      note={t("Applications that admins added or users connected.")}
    >
      {applications.error ? (
        <Trouble error={applications.error} onRetry={() => void applications.refetch()} />
      ) : applications.data?.length === 0 ? (
        <p className="soft">{t("None yet.")}</p>
      ) : (
        <DataTable
          label={t("Applications of the team")}
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

const CONNECTED: Column<ConnectedApp>[] = perLanguage(() => [
  { header: t("Name"), width: "32%", cell: ({ name }) => name },
  { header: t("Permissions"), cell: ({ scopes }) => sayMay(scopes) },
  { header: t("Connected"), align: "right", cell: ({ connected_at }) => <Moment at={connected_at} /> },
  {
    header: t("Last used"),
    align: "right",
    cell: ({ last_used_at }) => <Moment at={last_used_at} none={t("Never")} />,
  },
]);

const OF_TEAM: Column<Application>[] = perLanguage(() => [
  { header: t("Name"), width: "32%", cell: ({ name }) => name },
  {
    header: t("Source"),
    cell: ({ added_by_admin }) => (added_by_admin ? t("Added by an admin") : t("Registered itself")),
  },
  {
    header: t("Status"),
    cell: ({ revoked_at, people }) =>
      revoked_at ? (
        <State kind="off">{t("Removed")}</State>
      ) : (
        <State kind={people > 0 ? "good" : "waiting"}>{sayPeople(people)}</State>
      ),
  },
  {
    header: t("Last used"),
    align: "right",
    cell: ({ last_used_at }) => <Moment at={last_used_at} none={t("Never")} />,
  },
]);
