import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { DeskBar } from "../../parts/desk/DeskBar.tsx";
import type { DeskRows } from "../../parts/desk/useDeskRows.ts";
import { usePageKeys } from "../../parts/pageKeys.ts";
import { type Tried, TriedDialog } from "../../parts/TriedDialog.tsx";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";
import type { Mail } from "../mails/queries.ts";
import { holdMany, sayTried, scheduleMany, sendMany, useMany, whereTheyWere } from "./many.ts";
import type { Part } from "./queries.ts";
import { LATER, type Later, sayMails } from "./words.ts";

type Props = {
  list: DeskRows<Mail>;
  part: Part;
  onLeave: (...ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
};

const SEND: Record<Part, string> = {
  scheduled: "Send now …",
  failed: "Try again …",
  drafts: "Send …",
  unconfirmed: "",
};

/** What can be done with the chosen mails at once; each has its verdict before anything is done. */
export function OutboxBar(props: Props) {
  if (props.list.selection.isEmpty) return null;
  return <Verbs {...props} />;
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
      <DeskBar list={list} noun={["mail", "mails"]}>
        <Button onClick={() => setAsks("send")}>{SEND[part]}</Button>
        {isScheduled && (
          <>
            <Menu opened={isPuttingOff} onChange={setIsPuttingOff} position="top-start" withinPortal={false}>
              <Menu.Target>
                <Button variant="default">Put off</Button>
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
              Hold back …
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
    toast(`${sayMails(gone.length)} ${gone.length === 1 ? "goes" : "go"} out as soon as the mailboxes may.`);
    list.selection.clear();
    if (part !== "scheduled") onLeave(...gone);
  };
  return (
    <TriedDialog
      title={part === "failed" ? "Try them again" : "Send them now"}
      trial={async () => sayTried(await sendMany(ids, { dryRun: true }))}
      says={(going) =>
        `${sayMails(going)} ${going === 1 ? "goes" : "go"} out as soon as the mailboxes may, whatever the hours of the schedule. This cannot be undone.`
      }
      verb={(going) => `Send ${sayMails(going)}`}
      go={go}
      onClose={onClose}
    />
  );
}

function PutOff({ mails, later, list, onClose }: Asked & { later: Later }) {
  const now = new Date();
  const dated = mails.map(({ id, due_at }) => ({ id, due_at: later.from(due_at, now) }));
  const schedule = useMany(scheduleMany);
  const go = async () => {
    const { ids } = await schedule.mutateAsync(dated);
    toast(`${sayMails(ids.length)} put off.`, {
      undo: () => schedule.mutateAsync(whereTheyWere(mails, ids, new Date())),
    });
    list.selection.clear();
  };
  return (
    <TriedDialog
      title={`Put off: ${later.says.toLowerCase()}`}
      trial={async () => sayTried(await scheduleMany(dated, { dryRun: true }))}
      says={(going) =>
        `${sayMails(going)} ${going === 1 ? "goes" : "go"} out ${later.when}, whatever the hours of the schedule.`
      }
      verb={(going) => `Put off ${sayMails(going)}`}
      go={go}
      onClose={onClose}
    />
  );
}

function Hold({ mails, list, onLeave, onBack, onClose }: Asked) {
  const hold = useMany(() => holdMany(mails));
  const back = useMany(async ({ drafted, changes }: Awaited<ReturnType<typeof holdMany>>) => {
    await scheduleMany(whereTheyWere(mails, drafted, new Date()));
    for (const id of changes) await api.changes.undo({ id });
  });
  const trial = async (): Promise<Tried> => {
    const { drafted, held, left } = await holdMany(mails, { dryRun: true });
    return { going: drafted.length + held.length, left };
  };
  const go = async () => {
    const done = await hold.mutateAsync(undefined);
    const ids = [...done.drafted, ...done.held];
    toast(`${sayMails(ids.length)} held back.`, {
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
      title="Hold them back"
      trial={trial}
      says={(going) =>
        `${sayMails(going)} ${going === 1 ? "does" : "do"} not go out. What people wrote becomes a draft again; whoever is in a sequence is paused there.`
      }
      verb={(going) => `Hold back ${sayMails(going)}`}
      go={go}
      onClose={onClose}
    />
  );
}
