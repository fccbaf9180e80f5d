import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { RetentionRule } from "./queries.ts";

type Words = { name: string; what: string };

export const KIND_WORDS: Record<RetentionRule["kind"], Words> = perLanguage(() => ({
  contacts: {
    name: t("Contacts without activity"),
    what: t("Contacts in no sequence, open deal or open task. Opt-outs are kept."),
  },
  email_texts: {
    name: t("Texts of emails"),
    what: t("Subject, recipient and results stay."),
  },
  reply_texts: {
    name: t("Texts of received emails"),
    what: t("Subject and type stay. What you have to settle is kept."),
  },
  call_notes: {
    name: t("Notes and recordings of calls"),
    what: t("The call and its outcome stay."),
  },
  notes: { name: t("Notes"), what: t("Counted from their last change.") },
  conversations: {
    name: t("Recorded conversations"),
    what: t("With all that was said."),
  },
  dmarc_reports: {
    name: t("DMARC reports"),
    what: t("What receivers reported about your domains."),
  },
}));
