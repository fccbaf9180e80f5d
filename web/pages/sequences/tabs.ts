// The tabs of a sequence, in their order. Each is loaded when it is looked at.

import { type ComponentType, type LazyExoticComponent, lazy } from "react";

type TabPage = ComponentType<{ sequenceId: string }>;

export type SequenceTab = {
  name: string;
  label: string;
  Page: LazyExoticComponent<TabPage>;
};

export const SEQUENCE_TABS: readonly SequenceTab[] = [
  {
    name: "steps",
    label: "Steps",
    Page: lazy(async () => ({ default: (await import("../sequence-steps/StepsTab.tsx")).StepsTab })),
  },
  {
    name: "contacts",
    label: "Contacts",
    Page: lazy(async () => ({ default: (await import("../sequence-contacts/ContactsTab.tsx")).ContactsTab })),
  },
  {
    name: "activity",
    label: "Activity",
    Page: lazy(async () => ({ default: (await import("../sequence-activity/ActivityTab.tsx")).ActivityTab })),
  },
  {
    name: "report",
    label: "Report",
    Page: lazy(async () => ({ default: (await import("../sequence-report/ReportTab.tsx")).ReportTab })),
  },
  {
    name: "settings",
    label: "Settings",
    Page: lazy(async () => ({ default: (await import("../sequence-settings/SettingsTab.tsx")).SettingsTab })),
  },
];
