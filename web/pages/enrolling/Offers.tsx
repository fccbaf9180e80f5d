import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { useMe } from "../../session.ts";
import { AskOwners } from "./AskOwners.tsx";
import type { Group } from "./check.ts";
import { type Fix, fixesFor } from "./fixes.ts";
import { VerifyThem } from "./VerifyThem.tsx";
import type { Wish } from "./wish.ts";

type Props = {
  group: Group;
  wish: Wish;
  change: (part: Partial<Wish>) => void;
  mendAll: (says: string, work: () => Promise<unknown>) => void;
  isBusy: boolean;
  lookAgain: () => void;
  onGiveAddresses: () => void;
};

/** What mends a reason, and what lets people in all the same. */
export function Offers({ group, wish, change, mendAll, isBusy, lookAgain, onGiveAddresses }: Props) {
  const { user } = useMe();
  const [asking, setAsking] = useState<Fix | null>(null);
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
      {isAboutAddress(code) && <VerifyThem {...{ ids, isBusy, lookAgain }} />}
      {code === "contacts_without_email" && (
        <Button variant="default" onClick={onGiveAddresses}>
          {ids.length === 1 ? "Add address …" : "Add addresses …"}
        </Button>
      )}
      {code === "contacts_without_ownership_permission" && <AskOwners {...{ group, wish, isBusy }} />}
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
          Start over
        </Button>
      )}
      {code === "contacts_active_in_other_campaigns" && (
        <Button variant="default" onClick={() => change({ waitsForOthers: true })}>
          Wait until finished
        </Button>
      )}
      {flag && (
        <Button variant="default" onClick={() => change({ waived: [...wish.waived, flag] })}>
          {flag === "sequence_no_email" ? "Add for calls only" : "Add anyway"}
        </Button>
      )}
    </>
  );
}

function isAboutAddress(code: Group["code"]) {
  return code === "contacts_unverified_email" || code === "contacts_with_unverified_user_managed_email";
}

type AskProps = { fix: Fix; onConfirm: () => void; onClose: () => void };

/** It changes several contacts themselves, and not only who joins: so it is asked once. */
function Ask({ fix: { label, says }, onConfirm, onClose }: AskProps) {
  return (
    <Dialog onClose={onClose} title={`${label}?`} size="md">
      <div className="stack">
        <p>{says}</p>
        <div className="row end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Leave it
          </Button>
          <Button onClick={onConfirm}>{label}</Button>
        </div>
      </div>
    </Dialog>
  );
}
