import { CopyText } from "../../parts/CopyText.tsx";
import type { Mailbox } from "./queries.ts";

/** What somebody has to put into the DNS, ready to be copied. */
export function DkimRecord({ dkim }: { dkim: NonNullable<Mailbox["dkim"]> }) {
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p>
        Mails are signed with the key <code>{dkim.selector}</code>. Publish it: a {dkim.record.type} record in
        the DNS of {dkim.domain}.
      </p>
      <CopyText text={dkim.record.name} label="the record's name" wraps />
      <CopyText text={dkim.record.value} label="the record's value" wraps />
    </div>
  );
}
