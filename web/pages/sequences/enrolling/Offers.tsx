import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useMe } from "../../../session.ts";
import { AskOwners } from "./AskOwners.tsx";
import type { SkippedGroup } from "./check.ts";
import { type EnrollmentFix, fixesFor } from "./fixes.ts";
import { VerifyThem } from "./VerifyThem.tsx";
import type { EnrollmentForm } from "./wish.ts";

type Props = {
  group: SkippedGroup;
  wish: EnrollmentForm;
  change: (part: Partial<EnrollmentForm>) => void;
  mendAll: (says: string, work: () => Promise<unknown>) => void;
  isBusy: boolean;
  lookAgain: () => void;
  onGiveAddresses: () => void;
};

/** What mends a reason, and what lets people in all the same. */
export function Offers({ group, wish, change, mendAll, isBusy, lookAgain, onGiveAddresses }: Props) {
  const { user } = useMe();
  const [asking, setAsking] = useState<EnrollmentFix | null>(null);
  const { code, people, flag } = group;
  const ids = people.map(({ id }) => id);
  const isOver = people.some(({ reason }) => reason.evidence.status !== "active");
  return (
    <>
      {fixesFor(group, user.id).map((fix) => (
        <Button
          key={fix.label}
          variant="subtle"
          loading={isBusy}
          onClick={() => (people.length > 1 ? setAsking(fix) : mendAll(fix.done, fix.work))}
        >
          {fix.label}
          {people.length > 1 && " …"}
        </Button>
      ))}
      {isAboutAddress(code) && <VerifyThem ids={ids} isBusy={isBusy} lookAgain={lookAgain} />}
      {code === "contacts_without_email" && (
        <Button variant="default" onClick={onGiveAddresses}>
          {t("{ids, plural, one {Add address …} other {Add addresses …}}", { ids: ids.length })}
        </Button>
      )}
      {(isAboutAddress(code) || code === "contacts_bounced") && (
        <Button variant="subtle" onClick={onGiveAddresses}>
          {t("{ids, plural, one {Change address …} other {Change addresses …}}", { ids: ids.length })}
        </Button>
      )}
      {code === "contacts_without_ownership_permission" && (
        <AskOwners group={group} wish={wish} isBusy={isBusy} />
      )}
      {asking && (
        <Ask
          fix={asking}
          onConfirm={() => {
            setAsking(null);
            mendAll(asking.done, asking.work);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {code === "contacts_already_exists_in_current_campaign" && isOver && (
        <Button variant="default" onClick={() => change({ reEnrolls: true })}>
          {t("Restart")}
        </Button>
      )}
      {code === "contacts_active_in_other_campaigns" && (
        <Button variant="default" onClick={() => change({ waitsForOthers: true })}>
          {t("Wait until finished")}
        </Button>
      )}
      {flag && (
        <Button variant="default" onClick={() => change({ waived: [...wish.waived, flag] })}>
          {flag === "sequence_no_email" ? t("Add for calls only") : t("Add anyway")}
        </Button>
      )}
    </>
  );
}

function isAboutAddress(code: SkippedGroup["code"]) {
  return code === "contacts_unverified_email" || code === "contacts_with_unverified_user_managed_email";
}

type AskProps = { fix: EnrollmentFix; onConfirm: () => void; onClose: () => void };

/** It changes several contacts themselves, and not only who joins: so it is asked once. */
function Ask({ fix: { label, says }, onConfirm, onClose }: AskProps) {
  return (
    <Dialog onClose={onClose} title={`${label}?`} size="md">
      <div className="stack">
        <p>{says}</p>
        <div className="row end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("Cancel")}
          </Button>
          <Button onClick={onConfirm}>{label}</Button>
        </div>
      </div>
    </Dialog>
  );
}
