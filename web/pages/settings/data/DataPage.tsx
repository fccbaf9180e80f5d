import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { Page } from "../../../parts/Page.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { settingsQuery } from "../verification/queries.ts";
import { ProvidersSection } from "./ProvidersSection.tsx";
import { providersQuery } from "./queries.ts";
import { VerificationSection } from "./VerificationSection.tsx";

/** Where facts about people come from, and how their addresses are checked. */
export function DataPage() {
  return (
    <AdminsOnly
      title={t("Data sources")}
      what={t("Data sources find contact data and check email addresses.")}
    >
      <Page
        title={t("Data sources")}
        state={t("Where contact data comes from and how email addresses are checked.")}
      >
        <AllAtOnce asks={[providersQuery, settingsQuery]}>
          <div className="stack" style={{ gap: 24 }}>
            <ProvidersSection />
            <VerificationSection />
          </div>
        </AllAtOnce>
      </Page>
    </AdminsOnly>
  );
}
