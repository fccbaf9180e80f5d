import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { accountFor } from "../../parts/trouble.ts";
import type { useMailChanges } from "./queries.ts";

type Props = {
  send: ReturnType<typeof useMailChanges>["send"];
  /** Of whatever else is asked before a mail is sent. */
  error?: unknown;
  onSent: () => void;
};

/** Why a mail was not sent. Where only the limit of touches keeps it back, a person may say why it goes all the same. */
export function SendTrouble({ send, error, onSent }: Props) {
  const what = error ?? send.error;
  if (!what) return null;
  const isLimit = accountFor(what, "writing").code === "touch_limit" && send.variables !== undefined;
  return (
    <div className="stack">
      <Trouble error={what} doing="writing" />
      {isLimit && <Anyway send={send} onSent={onSent} />}
    </div>
  );
}

function Anyway({ send, onSent }: Omit<Props, "error">) {
  const [reason, setReason] = useState("");
  const { variables } = send;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (variables && reason.trim())
          send.mutate({ ...variables, touch_limit_reason: reason }, { onSuccess: onSent });
      }}
    >
      <Textarea
        label="Why it goes out all the same"
        description="Kept with this mail, and in the history that you let it go."
        placeholder="They asked for it on the phone"
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" loading={send.isPending} disabled={reason.trim() === ""}>
          Send it all the same
        </Button>
      </div>
    </form>
  );
}
