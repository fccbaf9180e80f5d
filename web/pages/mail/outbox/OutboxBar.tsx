import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { inSentence } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { DeskBar, ForChosen } from "../../../parts/desk/DeskBar.tsx";
import type { DeskRows } from "../../../parts/desk/useDeskRows.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { type DryRunResult, TriedDialog } from "../../../parts/TriedDialog.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import type { Mail } from "../mails/queries.ts";
import { holdMany, sayTried, scheduleMany, sendMany, useMany, whereTheyWere } from "./many.ts";
import type { OutboxSection } from "./queries.ts";
import { LATER, type Later, sayMails } from "./words.ts";

type Props = {
  list: DeskRows<Mail>;
  part: OutboxSection;
  onLeave: (...ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
};

const SEND: Record<OutboxSection, string> = perLanguage(() => ({
  scheduled: t("Send now …"),
  failed: t("Try again …"),
  drafts: t("Send …"),
  unconfirmed: "",
}));

/** What can be done with the chosen mails at once; each has its verdict before anything is done. */
export function OutboxBar(props: Props) {
  return (
    <ForChosen list={props.list}>
      <Verbs {...props} />
    </ForChosen>
  );
}

function Verbs(props: Props) {
  const { list, part } = props;
  const [asks, setAsks] = useState<"send" | "hold" | Later | null>(null);
  const [isPuttingOff, setIsPuttingOff] = useState(false);
  const mails = [...list.selection.chosen.values()];
  const asked = { ...props, mails, onClose: () => setAsks(null) };
  const isScheduled = part === "scheduled";
  usePageKeys({
    s: () => setAsks("send"),
    z: isScheduled && (() => setIsPuttingOff(true)),
    e: isScheduled && (() => setAsks("hold")),
  });
  return (
    <>
      <DeskBar list={list} noun="email">
        <Button onClick={() => setAsks("send")}>{SEND[part]}</Button>
        {isScheduled && (
          <>
            <Menu opened={isPuttingOff} onChange={setIsPuttingOff} position="top-start" withinPortal={false}>
              <Menu.Target>
                <Button variant="default">{t("Postpone")}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {LATER.map((later) => (
                  <Menu.Item key={later.says} onClick={() => setAsks(later)}>
                    {later.says}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <Button variant="default" onClick={() => setAsks("hold")}>
              {t("Pause …")}
            </Button>
          </>
        )}
      </DeskBar>
      {asks === "send" && <Send {...asked} />}
      {asks === "hold" && <Hold {...asked} />}
      {asks && typeof asks === "object" && <PutOff {...asked} later={asks} />}
    </>
  );
}

type Asked = Props & { mails: readonly Mail[]; onClose: () => void };

function Send({ mails, part, list, onLeave, onClose }: Asked) {
  const ids = mails.map(({ id }) => id);
  const send = useMany(() => sendMany(ids));
  const go = async () => {
    const { ids: gone } = await send.mutateAsync(undefined);
    toast(t("{gone} will be sent as soon as the mailbox limits allow.", { gone: sayMails(gone.length) }));
    list.selection.clear();
    if (part !== "scheduled") onLeave(...gone);
  };
  return (
    <TriedDialog
      title={part === "failed" ? t("Try again") : t("Send now")}
      trial={async () => sayTried(await sendMany(ids, { dryRun: true }))}
      says={(going) =>
        t(
          "{going} will be sent as soon as the mailbox limits allow, even outside the schedule. This cannot be undone.",
          { going: sayMails(going) },
        )
      }
      verb={(going) => t("Send {going}", { going: sayMails(going) })}
      go={go}
      onClose={onClose}
    />
  );
}

function PutOff({ mails, later, list, onClose }: Asked & { later: Later }) {
  const now = currentTime();
  const dated = mails.map(({ id, due_at }) => ({ id, due_at: later.from(due_at, now) }));
  const schedule = useMany(scheduleMany);
  const go = async () => {
    const { ids } = await schedule.mutateAsync(dated);
    toast(t("{ids} postponed.", { ids: sayMails(ids.length) }), {
      undo: () => schedule.mutateAsync(whereTheyWere(mails, ids, currentTime())),
    });
    list.selection.clear();
  };
  return (
    <TriedDialog
      title={t("Postpone: {says}", { says: inSentence(later.says) })}
      trial={async () => sayTried(await scheduleMany(dated, { dryRun: true }))}
      says={(going) =>
        t("{going} will be sent {when}, even outside the schedule.", {
          going: sayMails(going),
          when: later.when,
        })
      }
      verb={(going) => t("Postpone {going}", { going: sayMails(going) })}
      go={go}
      onClose={onClose}
    />
  );
}

function Hold({ mails, list, onLeave, onBack, onClose }: Asked) {
  const hold = useMany(() => holdMany(mails));
  const back = useMany(async ({ drafted, changes }: Awaited<ReturnType<typeof holdMany>>) => {
    await scheduleMany(whereTheyWere(mails, drafted, currentTime()));
    for (const id of changes) await api.changes.undo({ id });
  });
  const trial = async (): Promise<DryRunResult> => {
    const { drafted, held, left } = await holdMany(mails, { dryRun: true });
    return { going: drafted.length + held.length, left };
  };
  const go = async () => {
    const done = await hold.mutateAsync(undefined);
    const ids = [...done.drafted, ...done.held];
    toast(t("{ids} paused.", { ids: sayMails(ids.length) }), {
      undo: async () => {
        await back.mutateAsync(done);
        onBack(...ids);
      },
    });
    list.selection.clear();
    onLeave(...ids);
  };
  return (
    <TriedDialog
      title={t("Pause emails")}
      trial={trial}
      says={(going) =>
        t(
          "{going} will not be sent. Manual emails will move to drafts. Contacts in sequences will be paused.",
          { going: sayMails(going) },
        )
      }
      verb={(going) => t("Pause {going}", { going: sayMails(going) })}
      go={go}
      onClose={onClose}
    />
  );
}
