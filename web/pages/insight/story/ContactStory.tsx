import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { memo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { CopyButton } from "../../../parts/CopyText.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { dialProps } from "../../../parts/dial.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { State, type StateKind } from "../../../parts/State.tsx";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { clockIn } from "../../../parts/when.ts";
import { useMe } from "../../../session.ts";
import classes from "./ContactStory.module.css";
import { type Contact, contactStagesQuery, useContact, useSequenceNames, useStory } from "./queries.ts";

/** Who the contact is, their state, and their history: shown beside any work on the contact. */
export const ContactStory = memo(function ContactStory({ id }: { id: string }) {
  const contact = useContact(id);
  if (contact.error) return <Trouble error={contact.error} onRetry={() => void contact.refetch()} />;
  if (!contact.data) return <StorySkeleton />;
  return (
    <div className={classes.story}>
      <Head contact={contact.data.contact} />
      <Reach contact={contact.data.contact} />
      <Sequences contact={contact.data.contact} />
      <Happened id={id} />
    </div>
  );
});

function Head({ contact }: { contact: Contact }) {
  const { id, name, title, organization_name } = contact;
  const shown = name?.trim() || contact.email || t("No name");
  return (
    <div className={classes.head}>
      <Initials name={shown} size={32} />
      <div className={classes.words}>
        <a href={`/contacts/${id}`} className={classes.name}>
          {shown}
        </a>
        <span className="soft small">{[title, organization_name].filter(Boolean).join(", ")}</span>
      </div>
    </div>
  );
}

function Reach({ contact }: { contact: Contact }) {
  const { dial_link } = useMe().user;
  const { data: stages = [] } = useQuery(contactStagesQuery);
  const stage = stages.find(({ id }) => id === contact.contact_stage_id)?.name;
  const rows: [string, ReactNode][] = [
    [t("Email"), contact.email && <Copyable text={contact.email} label={t("Copy the address")} />],
    ...contact.phone_numbers
      .slice(0, 3)
      .map((phone): [string, ReactNode] => [
        t("Phone"),
        <Copyable
          key={phone.raw_number}
          text={phone.sanitized_number ?? phone.raw_number}
          dial={dialProps(dial_link, phone.sanitized_number ?? phone.raw_number)}
          label={t("Copy the number")}
        />,
      ]),
    [
      t("Local time"),
      contact.time_zone && `${clockIn(contact.time_zone, currentTime())} (${zoneName(contact.time_zone)})`,
    ],
    [t("Stage"), stage],
  ];
  const barred = contact.email_unsubscribed
    ? t("Unsubscribed")
    : contact.do_not_contact
      ? t("Do not contact")
      : null;
  return (
    <dl className={classes.facts}>
      {barred && (
        <div>
          <dt>{t("Emails")}</dt>
          <dd>
            <State kind="bad">{barred}</State>
          </dd>
        </div>
      )}
      {rows
        .filter(([, value]) => value)
        .map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same fact may stand twice, and none moves
          <div key={`${name} ${index}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function zoneName(zone: string) {
  return zone.split("/").at(-1)?.replaceAll("_", " ");
}

type CopyableProps = { text: string; dial?: ReturnType<typeof dialProps>; label: string };

function Copyable({ text, dial, label }: CopyableProps) {
  return (
    <span className={classes.copyable}>
      {dial ? <a {...dial}>{text}</a> : <span className={classes.cut}>{text}</span>}
      <CopyButton text={text} label={label} />
    </span>
  );
}

const STATES: Record<string, { kind: StateKind; word: string }> = perLanguage(() => ({
  active: { kind: "good", word: t("Active") },
  paused: { kind: "waiting", word: t("Paused") },
  finished: { kind: "off", word: t("Finished") },
  failed: { kind: "bad", word: t("Failed") },
}));

function Sequences({ contact }: { contact: Contact }) {
  const all = contact.contact_campaign_statuses;
  const names = useSequenceNames(all.map(({ emailer_campaign_id }) => emailer_campaign_id));
  if (all.length === 0) return null;
  return (
    <section>
      <h3 className={classes.title}>{t("Sequences")}</h3>
      <ul className={classes.list}>
        {all.map(({ id, emailer_campaign_id, status, current_step_position }) => (
          <li key={id} className={classes.enrollment}>
            <a href={`/sequences/${emailer_campaign_id}`} className={classes.cut}>
              {names.get(emailer_campaign_id) ?? t("A sequence")}
            </a>
            <span className="soft small">
              <State kind={STATES[status]?.kind ?? "off"}>{STATES[status]?.word ?? status}</State>
              {current_step_position !== null &&
                status !== "finished" &&
                t(", step {current_step_position}", { current_step_position })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Happened({ id }: { id: string }) {
  const { data: story, error, refetch } = useStory(id);
  return (
    <section>
      <h3 className={classes.title}>{t("History")}</h3>
      <Trouble error={error} onRetry={() => void refetch()} />
      {story?.length === 0 && <p className="soft small">{t("No history yet.")}</p>}
      <ol className={classes.happened}>
        {story?.map(({ id: one, kind, sentence, at }) => (
          <li key={`${kind} ${one}`}>
            <span>
              <Told>{sentence}</Told>
            </span>
            <span className="soft small">
              <Moment at={at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StorySkeleton() {
  return (
    <div className={classes.story} aria-busy="true">
      <div className={classes.head}>
        <Skeleton height={32} circle />
        <Skeleton height={10} width="60%" />
      </div>
      {["a", "b", "c", "d"].map((line) => (
        <Skeleton key={line} height={10} width="90%" />
      ))}
    </div>
  );
}
