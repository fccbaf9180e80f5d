import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { BackupsSection } from "./BackupsSection.tsx";
import { ChecksSection } from "./ChecksSection.tsx";
import { FailoverSection } from "./FailoverSection.tsx";
import { backupsQuery, checksQuery, installationQuery, storageQuery } from "./queries.ts";
import { StorageSection } from "./StorageSection.tsx";

/** The server itself: its version, its backups, and what its database holds. */
export function InstallationPage() {
  return (
    <AdminsOnly title={t("Installation")} what={t("This page shows the server that Cadenza runs on.")}>
      <Installation />
    </AdminsOnly>
  );
}

function Installation() {
  const shown = useQuery(installationQuery);
  const { version, database_version: database, sending } = shown.data ?? {};
  return (
    <Page
      title={t("Installation")}
      state={
        shown.data &&
        t("Cadenza {version} with PostgreSQL {database}.", {
          version: version ?? "",
          database: database ?? "",
        })
      }
    >
      {shown.error ? (
        <Trouble error={shown.error} onRetry={() => void shown.refetch()} />
      ) : sending?.may_confirm === false ? (
        <Empty says={t("This server has several teams. Only its operator can see backups and storage.")} />
      ) : (
        sending && (
          <AllAtOnce asks={[checksQuery, backupsQuery, storageQuery]}>
            <div className="stack" style={{ gap: 24 }}>
              <ChecksSection />
              {sending.failover.mode === "synchronous" && <FailoverSection failover={sending.failover} />}
              <BackupsSection />
              <StorageSection />
            </div>
          </AllAtOnce>
        )
      )}
    </Page>
  );
}
