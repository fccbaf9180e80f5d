import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { useMe } from "../../../session.ts";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { Faults } from "./Faults.tsx";
import { LikeApollo } from "./LikeApollo.tsx";
import { faultsQuery, profileQuery, prospectsQuery } from "./queries.ts";
import { Recipients } from "./Recipients.tsx";

/** What happens in the sandbox: what recipients do, what goes wrong, and as whom it answers programs. */
export function SandboxPage() {
  const { sandbox } = useMe();
  if (!sandbox)
    return (
      <Page title={t("Sandbox")}>
        <Empty says={t("This installation is not a sandbox.")} />
      </Page>
    );
  return (
    <AdminsOnly title={t("Sandbox")} what={t("This page sets what happens in the sandbox.")}>
      <Page
        title={t("Sandbox")}
        state={t("What recipients do, what goes wrong, and how programs are answered.")}
      >
        <AllAtOnce asks={[prospectsQuery, faultsQuery, profileQuery]}>
          <Recipients />
          <Faults />
          <LikeApollo />
        </AllAtOnce>
      </Page>
    </AdminsOnly>
  );
}
