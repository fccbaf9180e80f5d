import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Moment } from "../../parts/Moment.tsx";
import { FactGroup } from "../../parts/RecordPage.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useVerify, type Verification, verificationQuery } from "./queries.ts";
import { remarksOn, STATUS_WORDS } from "./words.ts";

type Props = { contactId: string; email: string | null };

/** Whether there is anybody at the address: what was found, by what evidence and when. */
export function AddressCheck({ contactId, email }: Props) {
  const { data: found } = useQuery(verificationQuery(contactId, email));
  const verify = useVerify();
  if (email === null) return null;
  return (
    <FactGroup title="Address check">
      {found ? <Found found={found} /> : <p className="soft small">Not checked yet.</p>}
      <Trouble error={verify.error} doing="writing" />
      <div>
        <Button
          variant="default"
          size="compact-sm"
          mt={4}
          loading={verify.isPending}
          onClick={() => verify.mutate([contactId])}
        >
          {found ? "Verify again" : "Verify"}
        </Button>
      </div>
    </FactGroup>
  );
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
          {asked} said: <code>{said}</code>
        </p>
      )}
      {!said && mail_servers[0] && <p className="soft">Mail goes to {mail_servers[0]}.</p>}
      <p className="soft">
        Checked <Moment at={found.checked_at} />.
      </p>
    </div>
  );
}
