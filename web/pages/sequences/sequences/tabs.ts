// The tabs of a sequence, in their order. Each is loaded when it is looked at.

import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

type TabPage = ComponentType<{ sequenceId: string }>;

type SequenceTab = {
  name: string;
  label: string;
  Page: LazyExoticComponent<TabPage>;
};

export const SEQUENCE_TABS: readonly SequenceTab[] = perLanguage(() => [
  {
    name: "steps",
    label: t("Steps"),
    Page: lazy(async () => ({ default: (await import("../sequence-steps/StepsTab.tsx")).StepsTab })),
  },
  {
    name: "contacts",
    label: t("Contacts"),
    Page: lazy(async () => ({ default: (await import("../sequence-contacts/ContactsTab.tsx")).ContactsTab })),
  },
  {
    name: "activity",
    label: t("Activity"),
    Page: lazy(async () => ({ default: (await import("../sequence-activity/ActivityTab.tsx")).ActivityTab })),
  },
  {
    name: "report",
    label: t("Report"),
    Page: lazy(async () => ({ default: (await import("../sequence-report/ReportTab.tsx")).ReportTab })),
  },
  {
    name: "trial-runs",
    label: t("Trial runs"),
    Page: lazy(async () => ({ default: (await import("../trial-runs/TrialRunsTab.tsx")).TrialRunsTab })),
  },
  {
    name: "settings",
    label: t("Settings"),
    Page: lazy(async () => ({ default: (await import("../sequence-settings/SettingsTab.tsx")).SettingsTab })),
  },
]);
