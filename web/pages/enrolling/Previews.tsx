import { Select } from "@mantine/core";
import { useState } from "react";
import { MailText } from "../../parts/mail/MailText.tsx";
import classes from "./AddContactsDialog.module.css";
import type { Preview } from "./check.ts";
import { useNames } from "./queries.ts";

/** The first mails as they would be sent, for the first few. */
export function Previews({ previews }: { previews: readonly Preview[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const names = useNames(previews.map(({ contact_id }) => contact_id));
  const preview = previews.find(({ contact_id }) => contact_id === chosen) ?? previews[0];
  if (!preview) return null;
  const called = (id: string) => names?.get(id) ?? "…";
  return (
    <div>
      <h3 className={classes.heading}>The first mail, as it would be sent</h3>
      <div className={classes.preview}>
        <div className={classes.previewTop}>
          <Select
            aria-label="For whom"
            data={previews.map(({ contact_id: id }) => ({ value: id, label: `To ${called(id)}` }))}
            value={preview.contact_id}
            onChange={setChosen}
          />
          <span className="soft small">{faultOf(preview)}</span>
        </div>
        <p className={classes.subject}>{preview.subject || "(no subject)"}</p>
        <div className={classes.paper}>
          <MailText
            html={preview.body_html}
            text={preview.body_text}
            label={`The mail to ${called(preview.contact_id)}`}
          />
        </div>
      </div>
    </div>
  );
}

function faultOf({ fault, missing, needs_review }: Preview) {
  if (fault) return fault;
  if (missing.length > 0) return `Not known: ${missing.join(", ")}`;
  return needs_review ? "Not approved yet, so it would wait." : "";
}
