// A task's kind, priority and time, in words.

import {
  IconBrandLinkedin,
  IconBrandWhatsapp,
  IconChecklist,
  IconDeviceMobileMessage,
  IconMail,
  IconPhone,
  type TablerIcon,
} from "@tabler/icons-react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { relativeTo } from "../../../parts/when.ts";
import type { Task } from "./queries.ts";

export type TaskType = Task["type"];

type Words = { name: string; does: string; icon: TablerIcon };

export const KINDS: Record<TaskType, Words> = perLanguage(() => ({
  call: { name: t("Call"), does: t("Log call"), icon: IconPhone },
  outreach_manual_email: { name: t("Manual email"), does: t("Send"), icon: IconMail },
  sms: { name: t("Text message"), does: t("Done"), icon: IconDeviceMobileMessage },
  whatsapp: { name: t("WhatsApp message"), does: t("Done"), icon: IconBrandWhatsapp },
  linkedin_step_connect: {
    name: t("LinkedIn: connection request"),
    does: t("Done"),
    icon: IconBrandLinkedin,
  },
  linkedin_step_message: { name: t("LinkedIn: message"), does: t("Done"), icon: IconBrandLinkedin },
  linkedin_step_view_profile: { name: t("LinkedIn: view profile"), does: t("Done"), icon: IconBrandLinkedin },
  linkedin_step_interact_post: {
    name: t("LinkedIn: interact with post"),
    does: t("Done"),
    icon: IconBrandLinkedin,
  },
  action_item: { name: t("Action item"), does: t("Done"), icon: IconChecklist },
}));

export const KIND_CHOICES = perLanguage(() =>
  Object.entries(KINDS).map(([value, { name }]) => ({ value, label: name })),
);

export const PRIORITIES = perLanguage(
  () =>
    [
      { value: "high", label: t("High") },
      { value: "medium", label: t("Medium") },
      { value: "low", label: t("Low") },
    ] as const,
);

export function isLinkedIn(kind: TaskType) {
  return kind.startsWith("linkedin_");
}

export function sayDue({ status, due_at, completed_at, skipped_at }: Task, now: Date) {
  if (status === "completed")
    return t("Done {relativeTo}", { relativeTo: relativeTo(completed_at ?? due_at, now) });
  if (status === "skipped")
    return t("Skipped {relativeTo}", { relativeTo: relativeTo(skipped_at ?? due_at, now) });
  const isLate = Date.parse(due_at) < now.getTime();
  return `${isLate ? t("Was due") : t("Due")} ${relativeTo(due_at, now)}`;
}

export function KindIcon({ kind }: { kind: TaskType }) {
  const Icon = KINDS[kind].icon;
  return <Icon size="1rem" stroke={1.75} aria-label={KINDS[kind].name} role="img" />;
}

export function sayTasks(count: number) {
  return t("{count, plural, one {# task} other {# tasks}}", { count });
}
