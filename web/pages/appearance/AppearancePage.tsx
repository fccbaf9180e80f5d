import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { Page, Section } from "../../parts/Page.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { type Rows, setRows, useRows } from "./rows.ts";

const SCHEMES: { value: MantineColorScheme; label: string }[] = [
  { value: "auto", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const ROWS: { value: Rows; label: string }[] = [
  { value: "roomy", label: "Roomy" },
  { value: "compact", label: "Compact" },
];

export function AppearancePage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const rows = useRows();
  return (
    <Page title="Appearance" state="Kept in this browser, for you alone.">
      <Section title="Colors" note="System follows your computer, by day and by night.">
        <div>
          <Segmented
            aria-label="Colors"
            data={SCHEMES}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
          />
        </div>
      </Section>
      <Section title="Rows" note="Compact shows about a quarter more of a list at once.">
        <div>
          <Segmented
            aria-label="Rows"
            data={ROWS}
            value={rows}
            onChange={(value) => setRows(value as Rows)}
          />
        </div>
      </Section>
    </Page>
  );
}
