// What opens the program of a text message or of WhatsApp, with number and text filled in.

import type { TaskType } from "./words.tsx";

export type Phone = { raw_number: string; sanitized_number: string | null; type: string };

/** Mobile numbers first: messages to others rarely arrive. The company's own number is left out. */
export function numbersForMessages(phones: readonly Phone[]): Phone[] {
  const rank = ({ type }: Phone) => (type === "mobile" ? 0 : type === "work_direct" ? 1 : 2);
  return phones.filter(({ type }) => type !== "work_hq").toSorted((one, other) => rank(one) - rank(other));
}

/** Null where WhatsApp does not know the number without its country code. */
export function messageLink(type: TaskType, { raw_number, sanitized_number }: Phone, text: string) {
  const number = (sanitized_number ?? raw_number).replaceAll(/[^\d+]/g, "");
  const words = encodeURIComponent(text);
  if (type === "sms") return `sms:${number}${text ? `?body=${words}` : ""}`;
  if (!number.startsWith("+")) return null;
  return `https://wa.me/${number.slice(1)}${text ? `?text=${words}` : ""}`;
}
