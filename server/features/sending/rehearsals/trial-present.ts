import { HOLD_WORDS } from "../../../domain/insight/hold-words.ts";
import type { Trial } from "../../../domain/sending/trial.ts";

export function presentTrial({ source, lookedAt, failing, contacts }: Trial) {
  return {
    source,
    looked_at: lookedAt,
    failing,
    contacts: contacts.map(({ person: { contactId: id, name, email }, mails }) => ({
      contact: { id, name: name ?? email ?? "Nameless", email },
      mails: mails.map(({ mail, holds, verdict, subject, composed }) => ({
        emailer_step_id: mail.stepId || null,
        emailer_touch_id: mail.touchId || null,
        position: mail.position,
        verdict,
        reasons: holds.map(({ code, outcome, evidence }) => ({
          code,
          outcome,
          sentence: HOLD_WORDS[code].says(evidence, String),
        })),
        missing: [...mail.missing],
        subject,
        body_html: composed.mail?.html ?? "",
        body_text: composed.mail?.text ?? "",
      })),
    })),
  };
}
