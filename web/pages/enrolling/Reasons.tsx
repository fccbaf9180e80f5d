import { Button, CloseButton } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { count, figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { api, useMe } from "../../session.ts";
import classes from "./AddContactsDialog.module.css";
import type { Check, Group } from "./check.ts";
import { useMend, useNames } from "./queries.ts";
import { VerifyThem } from "./VerifyThem.tsx";
import type { Flag, Wish } from "./wish.ts";
import { FLAG_WORDS, reasonWords } from "./words.ts";

const NAMED = 5;

type Props = {
  check: Check;
  wish: Wish;
  change: (part: Partial<Wish>) => void;
  lookAgain: () => void;
};

/** Who is left out, by reason, each with what lets them in or mends it; a click, and the check runs anew. */
export function Reasons({ check, wish, change, lookAgain }: Props) {
  const names = useNames(check.groups.flatMap(({ people }) => people.slice(0, NAMED).map(({ id }) => id)));
  const mend = useMend();
  const mendAll = (says: string, work: () => Promise<unknown>) =>
    mend.mutate(work, {
      onSuccess: () => {
        toast(says);
        lookAgain();
      },
    });
  return (
    <>
      <Waived wish={wish} change={change} />
      <Trouble error={mend.error} doing="writing" />
      {check.groups.length > 0 && (
        <ul className={classes.reasons} aria-label="Who does not join, and why">
          {check.groups.map((group) => (
            <li key={group.code} className={classes.reason}>
              <span className={classes.count}>{figure(group.people.length)}</span>
              <Says group={group} names={names} />
              <div className={classes.offers}>
                <Offers {...{ group, wish, change, mendAll, lookAgain }} isBusy={mend.isPending} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What somebody has let in stays in view, with the way back. */
function Waived({ wish, change }: Pick<Props, "wish" | "change">) {
  const drop = (flag: Flag) => change({ waived: wish.waived.filter((one) => one !== flag) });
  if (wish.waived.length === 0 && !wish.reEnrolls) return null;
  return (
    <ul className="row small" aria-label="Added all the same">
      {wish.waived.map((flag) => (
        <li key={flag} className="row" style={{ gap: 2 }}>
          <span className="soft">Added too:</span> {FLAG_WORDS[flag].says}
          <CloseButton
            size="sm"
            aria-label={`Leave out: ${FLAG_WORDS[flag].says}`}
            onClick={() => drop(flag)}
          />
        </li>
      ))}
      {wish.reEnrolls && (
        <li className="row" style={{ gap: 2 }}>
          Those who are through here start over
          <CloseButton
            size="sm"
            aria-label="Let nobody start over"
            onClick={() => change({ reEnrolls: false })}
          />
        </li>
      )}
    </ul>
  );
}

function Says({ group, names }: { group: Group; names: ReadonlyMap<string, string> | undefined }) {
  const { code, people, flag, withMore } = group;
  const { says, never } = reasonWords(code, people.length);
  const [only] = people;
  return (
    <div className={classes.says}>
      <p>{says}</p>
      {people.length === 1 && only && <p className="soft small">{only.reason.sentence}</p>}
      <p className="small">
        <Named group={group} names={names} />
      </p>
      {!flag && <p className="soft small">{never}</p>}
      {withMore > 0 && (
        <p className="soft small">
          {withMore === people.length && people.length === 1
            ? "Something else is in the way too."
            : `Of these, ${figure(withMore)} have something else in the way too.`}
        </p>
      )}
    </div>
  );
}

function Named({
  group: { people },
  names,
}: {
  group: Group;
  names: ReadonlyMap<string, string> | undefined;
}) {
  const shown = people.slice(0, NAMED).filter(({ id }) => names?.has(id));
  const others = people.length - shown.length;
  return (
    <>
      {shown.map(({ id, reason }, place) => (
        <span key={id} title={reason.sentence}>
          {place > 0 && ", "}
          <a href={`/contacts/${id}`} target="_blank" rel="noreferrer">
            {names?.get(id)}
          </a>
        </span>
      ))}
      {shown.length > 0 && others > 0 && <span className="soft"> and {count(others, "other")}</span>}
    </>
  );
}

type OffersProps = Pick<Props, "wish" | "change"> & {
  group: Group;
  mendAll: (says: string, work: () => Promise<unknown>) => void;
  isBusy: boolean;
  lookAgain: () => void;
};

function Offers({ group, wish, change, mendAll, isBusy, lookAgain }: OffersProps) {
  const { user } = useMe();
  const [isAsking, setIsAsking] = useState(false);
  const { code, people, flag } = group;
  const fix = fixFor(group, user.id);
  const isOver = people.some(({ reason }) => reason.evidence.status !== "active");
  return (
    <>
      {fix && (
        <Button
          variant="subtle"
          loading={isBusy}
          onClick={() => (people.length > 1 ? setIsAsking(true) : mendAll(fix.done, fix.work))}
        >
          {fix.label}
          {people.length > 1 && " …"}
        </Button>
      )}
      {isAboutAddress(code) && (
        <VerifyThem ids={people.map(({ id }) => id)} isBusy={isBusy} lookAgain={lookAgain} />
      )}
      {fix && isAsking && (
        <Ask
          title={`${fix.label}?`}
          says={fix.says}
          verb={fix.label}
          onConfirm={() => {
            setIsAsking(false);
            mendAll(fix.done, fix.work);
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
      {code === "contacts_already_exists_in_current_campaign" && isOver && (
        <Button variant="default" onClick={() => change({ reEnrolls: true })}>
          Start over
        </Button>
      )}
      {flag && (
        <Button variant="default" onClick={() => change({ waived: [...wish.waived, flag] })}>
          Add anyway
        </Button>
      )}
    </>
  );
}

function isAboutAddress(code: Group["code"]) {
  return code === "contacts_unverified_email" || code === "contacts_with_unverified_user_managed_email";
}

type AskProps = { title: string; says: string; verb: string; onConfirm: () => void; onClose: () => void };

/** It changes several contacts themselves, and not only who joins: so it is asked once. */
function Ask({ title, says, verb, onConfirm, onClose }: AskProps) {
  return (
    <Dialog onClose={onClose} title={title} size="md">
      <div className="stack">
        <p>{says}</p>
        <div className="row end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Leave it
          </Button>
          <Button onClick={onConfirm}>{verb}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What mends the cause, where one call does; the API changes a hundred or a thousand at once. */
function fixFor({ code, people }: Group, userId: string) {
  const ids = people.map(({ id }) => id).slice(0, 1000);
  const them = count(ids.length, "contact");
  switch (code) {
    case "contacts_unverified_email":
    case "contacts_with_unverified_user_managed_email":
      return {
        label: ids.length === 1 ? "The address is right" : "The addresses are right",
        says: `${them} will count as verified, in every sequence.`,
        done: `${them} counted as verified.`,
        work: () => api.contacts.bulkUpdate({ contact_ids: ids, email_status: "verified" } as never),
      };
    case "contacts_with_job_change":
      return {
        label: "They are still there",
        says: `The change of job is forgotten for ${them}, in every sequence.`,
        done: `The change of job was dismissed for ${them}.`,
        work: () => api.contacts.bulkUpdate({ contact_ids: ids, job_change_event: null } as never),
      };
    case "contacts_without_ownership_permission":
      return {
        label: ids.length === 1 ? "Take over" : `Take over ${them}`,
        says: `${them} will belong to you and no longer to those they belong to now.`,
        done: `${them} ${ids.length === 1 ? "is" : "are"} yours now.`,
        work: () => api.contacts.updateOwners({ contact_ids: ids, owner_id: userId }),
      };
    default:
      return null;
  }
}
