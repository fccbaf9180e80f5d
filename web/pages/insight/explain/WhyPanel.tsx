import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { CopyButton } from "../../../parts/CopyText.tsx";
import { useLate } from "../../../parts/late.ts";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { State } from "../../../parts/State.tsx";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { Around } from "./Around.tsx";
import { Held, SetAside } from "./Held.tsx";
import { NextUp } from "./NextUp.tsx";
import { PastLines } from "./PastLines.tsx";
import { type Why, whyQuery } from "./queries.ts";
import { type ExplainSubject, linkTo } from "./subject.ts";
import { Then } from "./Then.tsx";
import classes from "./WhyPanel.module.css";
import { stateWords } from "./words.ts";

type Props = { of: ExplainSubject; onClose: () => void };

/** The state of a contact or record: in a sentence, what is next, what holds it and what frees it, what happened. */
export function WhyPanel({ of, onClose }: Props) {
  const { data: why, error, refetch } = useQuery(whyQuery(of));
  return (
    <SidePanel title={why?.subject.name ?? ASKS[of.type]} says={ASKS[of.type]} takesFocus onClose={onClose}>
      {why && <Answer of={of} why={why} />}
      {!why && error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!why && !error && <Waiting />}
    </SidePanel>
  );
}

const ASKS = perLanguage(
  () =>
    ({
      contact: t("Contact"),
      enrollment: t("Contact in a sequence"),
      sequence: t("Sequence"),
      mailbox: t("Mailbox"),
      message: t("Email"),
    }) as const,
);

function Answer({ of, why }: { of: ExplainSubject; why: Why }) {
  const { kind, word } = standingOf(why);
  return (
    <div className={classes.answer}>
      <div className={classes.now}>
        <strong>
          <State kind={kind}>{word}</State>
        </strong>
        <p>
          <Told>{besideHolds(why)}</Told>
        </p>
      </div>
      {why.next && (
        <NextUp
          next={why.next}
          sentence={why.sentence}
          waitsForUser={why.held_by.some(({ code }) => code === "waits_for_person")}
        />
      )}
      <Held why={why} />
      <SetAside why={why} />
      <Around why={why} />
      <PastLines history={why.history} />
      {(of.type === "contact" || of.type === "enrollment" || of.type === "mailbox") && (
        <Then key={of.id} type={of.type} id={of.id} />
      )}
      <p className={classes.foot}>
        <code>
          {why.subject.type} {why.subject.id}
        </code>
        <CopyButton text={linkTo(of)} label={t("Copy link")} />
      </p>
    </div>
  );
}

/** What holds it is told below, with what would mend it: not twice. */
function besideHolds({ sentence, held_by: [first] }: Why) {
  return first && sentence.startsWith(`${first.rule} `) ? sentence.slice(first.rule.length + 1) : sentence;
}

/** A contact in one sequence is as it is there: "In a sequence" would hide that the contact is paused, or failed. */
function standingOf({ state, next, contact_campaign_statuses: places = [] }: Why) {
  if (next?.what === "not_sent") return { kind: "bad" as const, word: t("Will not be sent") };
  const [place, second] = places;
  return stateWords(state === "in_sequence" && place && !second ? place.state : state);
}

function Waiting() {
  const isLate = useLate(true);
  if (!isLate) return <div className={classes.answer} aria-busy="true" />;
  return (
    <div className={classes.answer} aria-busy="true">
      <span role="status" className={classes.said}>
        {t("Loading")}
      </span>
      <div className="stack">
        <Skeleton height={14} width="30%" />
        <Skeleton height={10} width="95%" />
        <Skeleton height={10} width="70%" />
      </div>
      <Skeleton height={64} />
      <Skeleton height={96} />
    </div>
  );
}
