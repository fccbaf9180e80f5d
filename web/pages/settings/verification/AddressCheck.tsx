import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useVerify, type Verification, verificationQuery } from "./queries.ts";
import { remarksOn, STATUS_WORDS } from "./words.ts";

type Props = { contactId: string; email: string | null; status: string | null };

/** Whether there is anybody at the address: what was found, by what evidence and when. */
export function AddressCheck({ contactId, email, status }: Props) {
  const { data: found } = useQuery(verificationQuery(contactId, email));
  const verify = useVerify();
  if (email === null) return null;
  return (
    <FactGroup title={t("Email verification")}>
      {found ? <Found found={found} /> : <p className="soft small">{unchecked(status)}</p>}
      <Trouble error={verify.error} doing="writing" />
      <div>
        <Button
          variant="default"
          size="compact-sm"
          mt={4}
          loading={verify.isPending}
          onClick={() => verify.mutate([contactId])}
        >
          {found ? t("Verify again") : t("Verify")}
        </Button>
      </div>
    </FactGroup>
  );
}

/** A status that came with the contact is told apart from a check of our own. */
function unchecked(status: string | null) {
  return status === "verified"
    ? t("Saved as verified. Cadenza has not checked the address itself.")
    : t("Not checked yet.");
}

function Found({ found }: { found: Verification }) {
  const { asked, said, mail_servers } = found.evidence;
  return (
    <div className="stack small" style={{ gap: 4 }} role="status">
      <p>
        <strong>{STATUS_WORDS[found.status ?? "unknown"]}.</strong> {found.sentence}
      </p>
      {remarksOn(found).map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      {said && (
        <p className="soft">
          <Trans
            text="{asked} answered: <code>{said}</code>"
            values={{ asked, said }}
            tags={{ code: <code /> }}
          />
        </p>
      )}
      {!said && mail_servers[0] && (
        <p className="soft">{t("Mail server: {value}.", { value: mail_servers[0] })}</p>
      )}
      <p className="soft">
        {t("Checked")} <Moment at={found.checked_at} />.
      </p>
    </div>
  );
}
