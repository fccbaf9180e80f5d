import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Caught } from "./queries.ts";

type Kind = Caught["answers"][number]["kind"];

export const ANSWERS: Record<Kind, { name: string; verb: string; says: string; label: string }> = perLanguage(
  () => ({
    reply: {
      name: t("Reply"),
      verb: t("Send reply"),
      says: t("The mailbox gets a reply that quotes your email."),
      label: t("Reply text"),
    },
    out_of_office: {
      name: t("Out of office"),
      verb: t("Send out-of-office reply"),
      says: t("The mailbox gets an automatic reply with the return date."),
      label: t("Reply text"),
    },
    bounce: {
      name: t("Bounce"),
      verb: t("Send bounce"),
      says: t("The mailbox gets a delivery report: the address does not exist."),
      label: t("Mail server's message"),
    },
    unsubscribe: {
      name: t("Unsubscribe"),
      verb: t("Send unsubscribe request"),
      says: t("The mailbox gets a reply that asks for no more emails."),
      label: t("Reply text"),
    },
    auto_reply: {
      name: t("Automatic reply"),
      verb: t("Send automatic reply"),
      says: t("The mailbox gets an automatic reply without a return date."),
      label: t("Reply text"),
    },
    forward: {
      name: t("Reply from a colleague"),
      verb: t("Send reply"),
      says: t("A colleague to whom the email was forwarded replies from another address."),
      label: t("Reply text"),
    },
    complaint: {
      name: t("Spam report"),
      verb: t("Send spam report"),
      says: t("The mailbox gets a report that the recipient marked the email as spam."),
      label: t("Report text"),
    },
  }),
);

export const ANSWER_CHOICES = perLanguage(() =>
  (Object.keys(ANSWERS) as Kind[]).map((value) => ({
    value,
    label: ANSWERS[value].name,
  })),
);
