import { t } from "../../../language/t.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";

/** What the pages of a sandbox show in an ordinary installation. */
export function NoSandbox() {
  return (
    <Page title={t("Sandbox")}>
      <Empty says={t("This installation is not a sandbox.")} />
    </Page>
  );
}
