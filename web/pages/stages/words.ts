import type { Modality } from "./queries.ts";

export const CATEGORIES = [
  { value: "in_progress", label: "In progress" },
  { value: "succeeded", label: "Succeeded" },
  { value: "failed", label: "Failed" },
];

export function sayCategory(category: string | null) {
  return CATEGORIES.find(({ value }) => value === category)?.label ?? "–";
}

export const FLAGS: Record<Modality, { label: string; description: string; short: string }> = {
  contact: {
    label: "Only people move somebody out of it",
    description: "What happens to mails leaves contacts in this stage alone.",
    short: "moved by people only",
  },
  account: {
    label: "Left out when prospecting",
    description: "Companies in this stage are not offered as new ones.",
    short: "not prospected",
  },
};

export const NOUN: Record<Modality, { one: string; many: string }> = {
  contact: { one: "contact", many: "contacts" },
  account: { one: "company", many: "companies" },
};
