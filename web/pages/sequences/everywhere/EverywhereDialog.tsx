import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { instantOf } from "../../../parts/dates/reading.ts";
import { figure } from "../../../parts/figures.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { startWork } from "../../insight/progress/work.ts";
import { Until } from "../sequence-contacts/ManageDialog.tsx";
import { leftWords } from "../sequence-contacts/verbs.ts";
import {
  type FindPeople,
  type ManagedEverywhere,
  useEverywhereTried,
  useManageEverywhere,
  useRefreshEverywhere,
} from "./queries.ts";
import { EVERYWHERE, type EverywhereVerb } from "./words.ts";

type Props = {
  verb: EverywhereVerb;
  /** A company or a contact; null where several were chosen. */
  name: string | null;
  find: FindPeople;
  onClose: () => void;
  onDone?: (() => void) | undefined;
};

/** People in all their sequences: tried first, so that the sequences and numbers are known before the button. */
export function EverywhereDialog({ verb, name, find, onClose, onDone }: Props) {
  const [until, setUntil] = useState<string | null>(null);
  const words = EVERYWHERE[verb];
  const manage = useManageEverywhere();
  const input = { verb, find, until: until && instantOf(until).toISOString() };
  const tried = useEverywhereTried(input, manage.isPending);
  const tell = useTell(verb);
  const count = tried.data?.num_contacts ?? 0;
  return (
    <Dialog
      onClose={onClose}
      title={name === null ? words.title : t("{name}: {title}", { name, title: words.title })}
      size="lg"
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          manage.mutate(input, {
            onSuccess: (answer) => {
              onClose();
              onDone?.();
              tell(answer);
            },
          });
        }}
      >
        <p>{words.says}</p>
        <div aria-live="polite" className="stack">
          {tried.data ? (
            <Preview answer={tried.data} />
          ) : (
            !tried.error && <p className="soft">{t("Counting …")}</p>
          )}
        </div>
        {verb === "pause" && <Until value={until} onChange={setUntil} isFirst={false} />}
        <Trouble error={tried.error ?? manage.error} doing={manage.error ? "writing" : "reading"} />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={manage.isPending} disabled={count === 0}>
            {count === 0 ? words.title : words.button(count)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Preview({ answer }: { answer: ManagedEverywhere }) {
  const { emailer_campaigns: all, num_contacts: count, num_not_permitted: closed } = answer;
  const sequences = all.filter(({ num_changed, num_contacts }) => (num_changed ?? num_contacts) > 0);
  const left = "skipped_contact_ids" in answer ? leftWords(Object.values(answer.skipped_contact_ids)) : [];
  return (
    <>
      <p>
        {count === 0
          ? t("No contacts to change.")
          : t(
              "{count, plural, one {# contact} other {# contacts}} in {sequences, plural, one {# sequence} other {# sequences}} will change:",
              { count, sequences: sequences.length },
            )}
      </p>
      {sequences.length > 0 && (
        <ul className="bullets" aria-label={t("Sequences")}>
          {sequences.map(({ id, name, num_changed, num_contacts }) => (
            <li key={id}>
              <Link to="/sequences/$id" params={{ id }}>
                {name}
              </Link>{" "}
              <span className="soft">
                {t("{count, plural, one {# contact} other {# contacts}}", {
                  count: num_changed ?? num_contacts,
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {left.length > 0 && (
        <ul className="bullets soft" aria-label={t("Skipped")}>
          {left.map(({ says, count }) => (
            <li key={says}>
              {figure(count)} {says}
            </li>
          ))}
        </ul>
      )}
      {closed > 0 && (
        <p className="soft">
          {t(
            "{closed, plural, one {# contact is} other {# contacts are}} also in sequences that you cannot change.",
            { closed },
          )}
        </p>
      )}
    </>
  );
}

function useTell(verb: EverywhereVerb) {
  const refresh = useRefreshEverywhere();
  const words = EVERYWHERE[verb];
  return (answer: ManagedEverywhere) => {
    const count = answer.num_contacts;
    if ("entity_progress_job" in answer)
      return startWork({ id: answer.entity_progress_job.id, says: words.button(count), href: "/contacts" });
    const { change } = answer;
    toast(words.done(count), {
      ...(change?.undo_until && {
        undo: async () => {
          await api.changes.undo({ id: change.id });
          await refresh();
        },
      }),
    });
  };
}
