import { Button } from "@mantine/core";
import { useState } from "react";
import { inSentence } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { DeskBar, ForChosen } from "../../../parts/desk/DeskBar.tsx";
import type { DeskRows } from "../../../parts/desk/useDeskRows.ts";
import { chunksOf, inTurn } from "../../../parts/in-turn.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { TriedDialog } from "../../../parts/TriedDialog.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { AssignMenu } from "./AssignMenu.tsx";
import { type Incoming, type Overruling, useInboxChanges } from "./queries.ts";
import { SnoozeMenu } from "./SnoozeMenu.tsx";
import { everyChoice, type OverruleOption, sayMails, wishBefore } from "./words.ts";

type Props = {
  list: DeskRows<Incoming>;
  onLeave: (...ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
};

/** What can be done with the chosen mails at once. */
export function InboxBar(props: Props) {
  return (
    <ForChosen list={props.list}>
      <Verbs {...props} />
    </ForChosen>
  );
}

function Verbs({ list, onLeave, onBack }: Props) {
  const { selection } = list;
  const { handleMany } = useInboxChanges();
  const [says, setSays] = useState<OverruleOption | null>(null);
  const mails = [...selection.chosen.values()];
  const open = mails.filter(({ is_open }) => is_open).map(({ id }) => id);
  const seenTo = mails.filter(({ handled }) => handled).map(({ id }) => id);
  const done = () =>
    handleMany.mutate(
      { ids: open, handled: true },
      {
        onSuccess: (answers) => {
          const changed = answers.flatMap(({ incoming_mail_ids }) => incoming_mail_ids);
          toast(t("{changed} marked as done.", { changed: sayMails(changed.length) }), {
            undo: async () => {
              await handleMany.mutateAsync({ ids: changed, handled: false });
              onBack(...changed);
            },
          });
          selection.clear();
          onLeave(...open);
        },
      },
    );
  const putBack = () =>
    handleMany.mutate(
      { ids: seenTo, handled: false },
      {
        onSuccess: () => {
          toast(t("{seenTo} moved back to the inbox.", { seenTo: sayMails(seenTo.length) }));
          selection.clear();
        },
      },
    );
  usePageKeys({ e: open.length > 0 && done });
  return (
    <>
      <DeskBar list={list} noun="email">
        {open.length > 0 && (
          <Button variant="default" loading={handleMany.isPending} onClick={done}>
            {t("Done")}
          </Button>
        )}
        {seenTo.length > 0 && (
          <Button variant="default" loading={handleMany.isPending} onClick={putBack}>
            {t("Move back to inbox")}
          </Button>
        )}
        {open.length > 0 && (
          <SnoozeMenu
            mails={mails.filter(({ is_open }) => is_open)}
            onLeave={(...ids) => {
              selection.clear();
              onLeave(...ids);
            }}
            onBack={onBack}
            position="top-start"
          >
            {t("Snooze")}
          </SnoozeMenu>
        )}
        <AssignMenu
          mails={mails}
          onLeave={(...ids) => {
            selection.clear();
            onLeave(...ids);
          }}
          onBack={onBack}
        />
        <ChoiceMenu
          label={t("Change type …")}
          choices={everyChoice().map(({ key, label }) => ({ value: key, label }))}
          onChoose={(key) => setSays(everyChoice().find((choice) => choice.key === key) ?? null)}
        />
      </DeskBar>
      {says && <ReadAs choice={says} mails={mails} onDone={selection.clear} onClose={() => setSays(null)} />}
    </>
  );
}

type ReadAsProps = {
  choice: OverruleOption;
  mails: readonly Incoming[];
  onDone: () => void;
  onClose: () => void;
};

function ReadAs({ choice: { label, changes, wish }, mails, onDone, onClose }: ReadAsProps) {
  const { overruleMany } = useInboxChanges();
  const ids = mails.map(({ id }) => id);
  const trial = async () => {
    const answers = await overruleInTurn(ids, wish, { dryRun: true });
    return {
      going: answers.reduce((sum, { incoming_mail_ids }) => sum + incoming_mail_ids.length, 0),
      left: answers.flatMap(({ left }) => left),
    };
  };
  const go = async () => {
    const answers = await overruleMany.mutateAsync({ ids, wish });
    const changed = new Set(answers.flatMap(({ incoming_mail_ids }) => incoming_mail_ids));
    const before = befores(mails.filter(({ id }) => changed.has(id)));
    toast(
      t("{changed} changed to: {label}.", { changed: sayMails(changed.size), label: inSentence(label) }),
      {
        ...(before && {
          undo: async () => {
            for (const [said, some] of before)
              await overruleMany.mutateAsync({ ids: some, wish: JSON.parse(said) as typeof wish });
          },
        }),
      },
    );
    onDone();
  };
  return (
    <TriedDialog
      title={t("Change type to: {label}", { label: inSentence(label) })}
      trial={trial}
      says={(going) => t("{going} will be changed. {changes}", { going: sayMails(going), changes })}
      verb={(going) => t("Change {going}", { going: sayMails(going) })}
      go={go}
      onClose={onClose}
    />
  );
}

function overruleInTurn(ids: readonly string[], wish: Omit<Overruling, "id">, options: { dryRun: true }) {
  return inTurn(chunksOf(ids, 100), (some) =>
    api.incomingMails.bulkOverrule({ incoming_mail_ids: some, ...wish }, options),
  );
}

/** What each was before, those that were the same together; null where one of them only a machine can say. */
function befores(mails: readonly Incoming[]) {
  const wishes = mails.map((mail) => ({ id: mail.id, was: wishBefore(mail) }));
  if (wishes.length === 0 || wishes.some(({ was }) => was === null)) return null;
  return [...Map.groupBy(wishes, ({ was }) => JSON.stringify(was))].map(
    ([was, some]) => [was, some.map(({ id }) => id)] as const,
  );
}
