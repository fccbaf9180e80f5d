import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { CopyText } from "../../../parts/CopyText.tsx";
import type { Mailbox } from "./queries.ts";

/** The record for the DNS, ready to be copied. */
export function DkimRecord({ dkim }: { dkim: NonNullable<Mailbox["dkim"]> }) {
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p>
        <Trans
          text="Emails are signed with the key <code>{selector}</code>. Publish this {type} record in the DNS of {domain}."
          values={{ selector: dkim.selector, type: dkim.record.type, domain: dkim.domain }}
          tags={{ code: <code /> }}
        />
      </p>
      <CopyText text={dkim.record.name} label={t("the record's name")} wraps />
      <CopyText text={dkim.record.value} label={t("the record's value")} wraps />
    </div>
  );
}
