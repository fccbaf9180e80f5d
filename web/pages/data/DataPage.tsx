import { Page } from "../../parts/Page.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { ProvidersSection } from "./ProvidersSection.tsx";
import { VerificationSection } from "./VerificationSection.tsx";

/** Where facts about people come from, and how their addresses are checked. */
export function DataPage() {
  return (
    <AdminsOnly title="Data sources" what="Admins say where facts come from and how addresses are checked.">
      <Page
        title="Data sources"
        state="Where facts about people come from, and how their addresses are checked."
      >
        <div className="stack" style={{ gap: 24 }}>
          <ProvidersSection />
          <VerificationSection />
        </div>
      </Page>
    </AdminsOnly>
  );
}
