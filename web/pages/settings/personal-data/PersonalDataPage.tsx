import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { Page } from "../../../parts/Page.tsx";
import { ownFieldsQuery } from "../fields/queries.ts";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { ProcessingRecord } from "./ProcessingRecord.tsx";
import { recordQuery, retentionQuery } from "./queries.ts";
import { Retention } from "./Retention.tsx";

/** What the team keeps about people, how long, and why. */
export function PersonalDataPage() {
  return (
    <AdminsOnly title={t("Personal data")} what={t("Here admins set how long data about people is kept.")}>
      <Page
        title={t("Personal data")}
        state={t("How long data about people is kept, and your record of processing.")}
      >
        <AllAtOnce asks={[retentionQuery, recordQuery, ownFieldsQuery]}>
          <div className="stack" style={{ gap: 24 }}>
            <Retention />
            <ProcessingRecord />
          </div>
        </AllAtOnce>
      </Page>
    </AdminsOnly>
  );
}
