// What a day of the calendar counts, and what the list below it can be narrowed to.

import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheckbox,
  IconFlag,
  IconSend,
  IconUserOff,
} from "@tabler/icons-react";
import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";

/** Each is one type of event. */
export const COUNTED = perLanguage(
  () =>
    [
      {
        type: "message.sent",
        icon: IconSend,
        says: (count: number) => t("{count, plural, one {# email sent} other {# emails sent}}", { count }),
      },
      {
        type: "message.replied",
        icon: IconArrowBackUp,
        says: (count: number) => t("{count, plural, one {# reply} other {# replies}}", { count }),
      },
      {
        type: "message.bounced",
        icon: IconAlertTriangle,
        says: (count: number) => t("{count, plural, one {# bounce} other {# bounces}}", { count }),
      },
      {
        type: "message.unsubscribed",
        icon: IconUserOff,
        says: (count: number) => t("{count, plural, one {# opt-out} other {# opt-outs}}", { count }),
      },
      {
        type: "task.created",
        icon: IconCheckbox,
        says: (count: number) => t("{count, plural, one {# new task} other {# new tasks}}", { count }),
      },
      {
        type: "enrollment.finished",
        icon: IconFlag,
        says: (count: number) => t("{count, plural, one {# finished} other {# finished}}", { count }),
      },
    ] as const,
);

export const KINDS: readonly { value: string; label: string; types: readonly string[] }[] = perLanguage(
  () => [
    { value: "mails", label: t("Emails"), types: ["message.*", "incoming_mail.*"] },
    { value: "people", label: t("Contacts in sequences"), types: ["enrollment.*"] },
    { value: "tasks", label: t("Tasks"), types: ["task.*", "call.*"] },
    {
      value: "records",
      label: t("Contacts, companies and deals"),
      types: ["contact.*", "account.*", "deal.*", "label.*", "import.*"],
    },
    {
      value: "sequences",
      label: t("Sequences and workflows"),
      types: ["sequence.*", "step.*", "touch.*", "workflow.*"],
    },
  ],
);

/** None: all of them. */
export function typesOf(kind: string | undefined): readonly string[] {
  return KINDS.find(({ value }) => value === kind)?.types ?? [];
}

type Happened = { type: string; count: number }[];

/** Those of which there is something. */
export function countedIn(happened: Happened) {
  return COUNTED.flatMap(({ type, icon, says }) => {
    const count = happened.find((one) => one.type === type)?.count ?? 0;
    return count > 0 ? [{ type, icon, count, says: says(count) }] : [];
  });
}

export function added(days: readonly { happened: Happened }[]): Happened {
  const counts = new Map<string, number>();
  for (const { type, count } of days.flatMap(({ happened }) => happened))
    counts.set(type, (counts.get(type) ?? 0) + count);
  return [...counts].map(([type, count]) => ({ type, count }));
}
