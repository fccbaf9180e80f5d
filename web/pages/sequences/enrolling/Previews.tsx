import { Select } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { MailText } from "../../../parts/mail/MailText.tsx";
import classes from "./AddContactsDialog.module.css";
import type { EnrollmentPreview } from "./check.ts";
import { useNames } from "./queries.ts";

/** The first mails as they would be sent, for the first few. */
export function Previews({ previews }: { previews: readonly EnrollmentPreview[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const names = useNames(previews.map(({ contact_id }) => contact_id));
  const preview = previews.find(({ contact_id }) => contact_id === chosen) ?? previews[0];
  if (!preview) return null;
  const called = (id: string) => names?.get(id) ?? "…";
  return (
    <div>
      <h3 className={classes.heading}>{t("Preview of the first email")}</h3>
      <div className={classes.preview}>
        <div className={classes.previewTop}>
          <Select
            aria-label={t("Preview for")}
            data={previews.map(({ contact_id: id }) => ({
              value: id,
              label: t("To {id}", { id: called(id) }),
            }))}
            value={preview.contact_id}
            onChange={setChosen}
          />
          <span className="soft small">{faultOf(preview)}</span>
        </div>
        <p className={classes.subject}>{preview.subject || t("(no subject)")}</p>
        <div className={classes.paper}>
          <MailText
            html={preview.body_html}
            text={preview.body_text}
            label={t("Email to {contact_id}", { contact_id: called(preview.contact_id) })}
          />
        </div>
      </div>
    </div>
  );
}

function faultOf({ fault, missing, needs_review }: EnrollmentPreview) {
  if (fault) return fault;
  if (missing.length > 0) return t("Missing: {missing}", { missing: missing.join(", ") });
  return needs_review ? t("Not ready to send yet, so it will wait.") : "";
}
