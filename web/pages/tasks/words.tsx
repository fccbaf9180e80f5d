// A task's kind, priority and time, in words.

import { IconBrandLinkedin, IconChecklist, IconMail, IconPhone, type TablerIcon } from "@tabler/icons-react";
import { relativeTo } from "../../parts/when.ts";
import type { Task } from "./queries.ts";

export type Kind = Task["type"];

type Words = { name: string; does: string; icon: TablerIcon };

export const KINDS: Record<Kind, Words> = {
  call: { name: "Call", does: "Log the call", icon: IconPhone },
  outreach_manual_email: { name: "Email by hand", does: "Send", icon: IconMail },
  linkedin_step_connect: {
    name: "LinkedIn: connection request",
    does: "Done",
    icon: IconBrandLinkedin,
  },
  linkedin_step_message: { name: "LinkedIn: message", does: "Done", icon: IconBrandLinkedin },
  linkedin_step_view_profile: { name: "LinkedIn: view profile", does: "Done", icon: IconBrandLinkedin },
  linkedin_step_interact_post: {
    name: "LinkedIn: interact with post",
    does: "Done",
    icon: IconBrandLinkedin,
  },
  action_item: { name: "Action item", does: "Done", icon: IconChecklist },
};

export const KIND_CHOICES = Object.entries(KINDS).map(([value, { name }]) => ({ value, label: name }));

export const PRIORITIES = [
  { value: "high", label: "High" },
  { value: "medium", label: "Medium" },
  { value: "low", label: "Low" },
] as const;

export function isLinkedIn(kind: Kind) {
  return kind.startsWith("linkedin_");
}

export function sayDue({ status, due_at, completed_at, skipped_at }: Task, now: Date) {
  if (status === "completed") return `Done ${relativeTo(completed_at ?? due_at, now)}`;
  if (status === "skipped") return `Skipped ${relativeTo(skipped_at ?? due_at, now)}`;
  const isLate = Date.parse(due_at) < now.getTime();
  return `${isLate ? "Was due" : "Due"} ${relativeTo(due_at, now)}`;
}

export function KindIcon({ kind }: { kind: Kind }) {
  const Icon = KINDS[kind].icon;
  return <Icon size="1rem" stroke={1.75} aria-label={KINDS[kind].name} role="img" />;
}
