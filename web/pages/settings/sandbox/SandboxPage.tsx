import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { Page } from "../../../parts/Page.tsx";
import { useMe } from "../../../session.ts";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { Faults } from "./Faults.tsx";
import { LikeApollo } from "./LikeApollo.tsx";
import { NoSandbox } from "./NoSandbox.tsx";
import { faultsQuery, profileQuery, prospectsQuery, snapshotsQuery } from "./queries.ts";
import { Recipients } from "./Recipients.tsx";
import { Snapshots } from "./Snapshots.tsx";

/** What happens in the sandbox: what recipients do, what goes wrong, and as whom it answers programs. */
export function SandboxPage() {
  const { sandbox } = useMe();
  if (!sandbox) return <NoSandbox />;
  return (
    <AdminsOnly title={t("Sandbox")} what={t("This page sets what happens in the sandbox.")}>
      <Page
        title={t("Sandbox")}
        state={t("What recipients do, what goes wrong, and how programs are answered.")}
        action={
          <Button component={Link} to="/settings/sandbox/run" variant="default">
            {t("What happened")}
          </Button>
        }
      >
        <AllAtOnce asks={[prospectsQuery, faultsQuery, profileQuery, snapshotsQuery]}>
          <Recipients />
          <Faults />
          <LikeApollo />
          <Snapshots />
        </AllAtOnce>
      </Page>
    </AdminsOnly>
  );
}
