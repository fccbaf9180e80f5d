import { Button } from "@mantine/core";
import { useState } from "react";
import { Key } from "../../../frame/Key.tsx";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./Copilots.module.css";
import { OpenerDialog } from "./OpenerDialog.tsx";
import { type Proposal, useDecideOpener } from "./queries.ts";
import { sayOpener } from "./words.ts";

type Props = { copilotId: string; proposal: Proposal; isOpen: boolean; isCurrent: boolean };

/** The first sentence of the contact's mail: it is only sent after a user has accepted it. */
export function Opener({ copilotId, proposal, isOpen, isCurrent }: Props) {
  const { opener } = proposal;
  const [isEditing, setEditing] = useState(false);
  const decide = useDecideOpener();
  const about = { id: copilotId, proposal_id: proposal.id };
  const say = (decision: "accept" | "drop" | "draft_again") => decide.mutate({ ...about, decision });
  if (!opener || (!isOpen && opener.state !== "accepted")) return null;
  const shown = opener.state === "suggested" || opener.state === "accepted" ? opener.text : null;
  const isBusy = opener.state === "waiting" || opener.state === "asking";
  return (
    <div className={classes.opener}>
      <p className="small">
        <span className="soft">{sayOpener(opener)}</span>
        {shown && <q className={classes.sentence}>{shown}</q>}
      </p>
      {isOpen && !isBusy && (
        <span className={classes.openerVerbs}>
          {opener.state === "suggested" && (
            <>
              <Verb onClick={() => say("accept")} hint={isCurrent && "O"}>
                {t("Use it")}
              </Verb>
              <Verb onClick={() => say("drop")} hint={isCurrent && "D"}>
                {t("Drop it")}
              </Verb>
            </>
          )}
          <Verb onClick={() => setEditing(true)} hint={false}>
            {shown ? t("Edit …") : t("Write one …")}
          </Verb>
          {opener.state === "accepted" && (
            <Verb onClick={() => say("drop")} hint={false}>
              {t("Don't use")}
            </Verb>
          )}
          {["unfit", "failed", "dropped"].includes(opener.state) && opener.model && (
            <Verb onClick={() => say("draft_again")} hint={false}>
              {t("Draft another")}
            </Verb>
          )}
        </span>
      )}
      <Trouble error={decide.error} doing="writing" />
      {isEditing && (
        <OpenerDialog
          about={about}
          name={proposal.contact.name}
          text={shown ?? ""}
          onClose={() => setEditing(false)}
        />
      )}
    </div>
  );
}

type VerbProps = { onClick: () => void; hint: string | false; children: string };

function Verb({ onClick, hint, children }: VerbProps) {
  return (
    <Button size="compact-xs" variant="default" onClick={onClick} rightSection={hint && <Key name={hint} />}>
      {children}
    </Button>
  );
}
