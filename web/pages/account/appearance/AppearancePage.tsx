import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Page, Section } from "../../../parts/Page.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { InstallSection } from "./InstallSection.tsx";
import { NotificationsSection } from "./NotificationsSection.tsx";
import { type RowDensity, setRows, useRows } from "./rows.ts";

const SCHEMES: { value: MantineColorScheme; label: string }[] = perLanguage(() => [
  { value: "auto", label: t("System") },
  { value: "light", label: t("Light") },
  { value: "dark", label: t("Dark") },
]);

const ROWS: { value: RowDensity; label: string }[] = perLanguage(() => [
  { value: "roomy", label: t("Comfortable") },
  { value: "compact", label: t("Compact") },
]);

export function AppearancePage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const rows = useRows();
  return (
    <Page title={t("Appearance")} state={t("Colors and row height are saved in this browser only.")}>
      <Section title={t("Colors")} note={t("System follows the setting of your computer.")}>
        <div>
          <Segmented
            aria-label={t("Colors")}
            data={SCHEMES}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
          />
        </div>
      </Section>
      <Section title={t("Row height")} note={t("Compact shows about 25% more rows.")}>
        <div>
          <Segmented
            aria-label={t("Row height")}
            data={ROWS}
            value={rows}
            onChange={(value) => setRows(value as RowDensity)}
          />
        </div>
      </Section>
      <InstallSection />
      <NotificationsSection />
    </Page>
  );
}
