import { CloseButton } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { AddAddresses } from "./AddAddresses.tsx";
import classes from "./AddContactsDialog.module.css";
import type { Check, SkippedGroup } from "./check.ts";
import { Offers } from "./Offers.tsx";
import { useMend, useMoves, useNames } from "./queries.ts";
import type { AllowFlag, EnrollmentForm } from "./wish.ts";
import { FLAG_WORDS, reasonWords } from "./words.ts";

const NAMED = 5;

type Props = {
  check: Check;
  wish: EnrollmentForm;
  change: (part: Partial<EnrollmentForm>) => void;
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
        <ul className={classes.reasons} aria-label={t("Skipped contacts")}>
          {check.groups.map((group) => (
            <Line
              key={group.code}
              group={group}
              names={names}
              wish={wish}
              change={change}
              mendAll={mendAll}
              lookAgain={lookAgain}
              isBusy={mend.isPending}
            />
          ))}
        </ul>
      )}
    </>
  );
}

type LineProps = Omit<Parameters<typeof Offers>[0], "onGiveAddresses"> & {
  names: ReadonlyMap<string, string> | undefined;
};

function Line({ names, ...offers }: LineProps) {
  const [isGiving, setIsGiving] = useState(false);
  const { group, lookAgain } = offers;
  const ids = group.people.map(({ id }) => id);
  return (
    <li className={classes.reason}>
      <span className={classes.count}>{figure(group.people.length)}</span>
      <Says group={group} names={names} />
      <div className={classes.offers}>
        <Offers {...offers} onGiveAddresses={() => setIsGiving(true)} />
      </div>
      {isGiving && <AddAddresses ids={ids} lookAgain={lookAgain} onClose={() => setIsGiving(false)} />}
    </li>
  );
}

/** The reasons that the user has waived stay in view, with the way back. */
function Waived({ wish, change }: Pick<Props, "wish" | "change">) {
  const drop = (flag: AllowFlag) => change({ waived: wish.waived.filter((one) => one !== flag) });
  if (wish.waived.length === 0 && !wish.reEnrolls && !wish.waitsForOthers) return null;
  return (
    <ul className="row small" aria-label={t("Also added")}>
      {wish.waived.map((flag) => (
        <li key={flag} className="row" style={{ gap: 2 }}>
          <span className="soft">{t("Also add:")}</span> {FLAG_WORDS[flag].says}
          <CloseButton
            size="sm"
            aria-label={t("Skip: {says}", { says: FLAG_WORDS[flag].says })}
            onClick={() => drop(flag)}
          />
        </li>
      ))}
      {wish.waitsForOthers && (
        <li className="row" style={{ gap: 2 }}>
          {t("Contacts active in another sequence start when it ends")}
          <CloseButton
            size="sm"
            aria-label={t("Don't wait for other sequences")}
            onClick={() => change({ waitsForOthers: false })}
          />
        </li>
      )}
      {wish.reEnrolls && (
        <li className="row" style={{ gap: 2 }}>
          {t("Contacts who finished this sequence restart")}
          <CloseButton
            size="sm"
            aria-label={t("Don't restart")}
            onClick={() => change({ reEnrolls: false })}
          />
        </li>
      )}
    </ul>
  );
}

function Says({ group, names }: { group: SkippedGroup; names: ReadonlyMap<string, string> | undefined }) {
  const { code, people, flag, withMore } = group;
  const { says, never } = reasonWords(code, people.length);
  const { data: colleagues = [] } = usePeople();
  const [only] = people;
  const owner = colleagues.find(({ id }) => id === only?.reason.evidence.owner_id);
  const move = useMoves(code === "contacts_with_job_change" && only ? [only.id] : []).get(only?.id ?? "");
  const sentence = owner ? t("Owner: {name}.", { name: owner.name }) : (move ?? only?.reason.sentence);
  return (
    <div className={classes.says}>
      <p>{says}</p>
      {people.length === 1 && sentence && (
        <p className="soft small">
          <Told>{sentence}</Told>
        </p>
      )}
      <p className="small">
        <Named group={group} names={names} />
      </p>
      {!flag && <p className="soft small">{never}</p>}
      {withMore > 0 && (
        <p className="soft small">
          {withMore === people.length && people.length === 1
            ? t("Another reason applies too.")
            : t("Another reason applies to {withMore, number} of them.", { withMore })}
        </p>
      )}
    </div>
  );
}

function Named({
  group: { people },
  names,
}: {
  group: SkippedGroup;
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
      {shown.length > 0 && others > 0 && (
        <span className="soft"> {t("and {others, plural, one {# other} other {# others}}", { others })}</span>
      )}
    </>
  );
}
