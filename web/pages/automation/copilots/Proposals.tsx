import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Key } from "../../../frame/Key.tsx";
import { t } from "../../../language/t.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import classes from "./Copilots.module.css";
import { MailboxDialog } from "./MailboxDialog.tsx";
import { Opener } from "./Opener.tsx";
import {
  type Copilot,
  type Proposal,
  proposalsQuery,
  type State,
  useDecide,
  useDecideOpener,
} from "./queries.ts";
import { EMPTY, signed } from "./words.ts";

type Props = { copilot: Copilot; state: State; mayDecide: boolean };

/** Worked through by keys: A approves, X rejects, O and D its opener, E changes the mailbox, J and K go on. */
export function Proposals({ copilot, state, mayDecide }: Props) {
  const { data, error, refetch } = useQuery(proposalsQuery(copilot.id, state));
  // Gone from the list as soon as they are decided: the next key is about the next one.
  const [decidedIds, setDecidedIds] = useState<ReadonlySet<string>>(new Set());
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [editing, setEditing] = useState<Proposal | null>(null);
  const decide = useDecide();
  const decideOpener = useDecideOpener();
  const proposals = data?.filter(({ id }) => !decidedIds.has(id));
  const isOpen = mayDecide && state === "proposed";
  const at = Math.max(0, proposals?.findIndex(({ id }) => id === currentId) ?? 0);
  const current = proposals?.[at];
  const settle = (proposal: Proposal, verb: "approve" | "reject") => {
    const next = proposals?.[at + 1] ?? proposals?.[at - 1];
    if (proposal.id === current?.id) setCurrentId(next?.id ?? null);
    setDecidedIds((now) => new Set([...now, proposal.id]));
    const who = proposal.contact.name ?? t("The contact");
    decide.mutateAsync({ copilot: copilot.id, id: proposal.id, verb }).then(
      ({ proposals: [decided] }) => {
        if (decided?.state === "left_out")
          toast(t("{who} could not be added: {why}.", { who, why: decided.why }));
        else
          toast(
            verb === "approve" ? t("{who} added to the sequence.", { who }) : t("{who} rejected.", { who }),
          );
      },
      // Back where they were; what went wrong stands above the list.
      () => setDecidedIds((now) => new Set([...now].filter((id) => id !== proposal.id))),
    );
  };
  const sayOfOpener = (decision: "accept" | "drop") =>
    current && decideOpener.mutate({ id: copilot.id, proposal_id: current.id, decision });
  const step = (by: number) => () => setCurrentId(proposals?.[at + by]?.id ?? current?.id ?? null);
  usePageKeys({
    j: proposals && step(1),
    k: proposals && step(-1),
    a: isOpen && current && (() => settle(current, "approve")),
    x: isOpen && current && (() => settle(current, "reject")),
    o: isOpen && current?.opener?.state === "suggested" && (() => sayOfOpener("accept")),
    d: isOpen && current?.opener?.state === "suggested" && (() => sayOfOpener("drop")),
    e: isOpen && current && (() => setEditing(current)),
  } as Record<string, (() => void) | false | undefined>);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!proposals) return null;
  if (proposals.length === 0) return <Empty says={EMPTY[state]} />;
  return (
    <div className="stack">
      <Trouble error={decide.error ?? decideOpener.error} doing="writing" />
      <ol className={classes.proposals} aria-label={t("Proposals")}>
        {proposals.map((proposal) => (
          <li
            key={proposal.id}
            className={classes.proposal}
            data-current={proposal.id === current?.id || undefined}
            aria-current={proposal.id === current?.id || undefined}
          >
            <Who proposal={proposal} />
            {isOpen && (
              <span className={classes.verbs}>
                <Button
                  size="xs"
                  variant={proposal.id === current?.id ? "filled" : "default"}
                  onClick={() => settle(proposal, "approve")}
                  rightSection={<Key name="A" />}
                >
                  {t("Approve")}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => settle(proposal, "reject")}
                  rightSection={<Key name="X" />}
                >
                  {t("Reject")}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => setEditing(proposal)}
                  rightSection={<Key name="E" />}
                >
                  {t("Mailbox …")}
                </Button>
              </span>
            )}
            <Why proposal={proposal} />
            <Opener
              copilotId={copilot.id}
              proposal={proposal}
              isOpen={isOpen}
              isCurrent={proposal.id === current?.id}
            />
          </li>
        ))}
      </ol>
      {editing && <MailboxDialog copilot={copilot} proposal={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

function Who({ proposal: { contact, rank } }: { proposal: Proposal }) {
  const about = [contact.title, contact.organization_name].filter(Boolean).join(", ");
  return (
    <span>
      <Link to="/contacts/$id" params={{ id: contact.id }} className={classes.name}>
        {contact.name ?? contact.email ?? t("Unnamed contact")}
      </Link>{" "}
      <span className="soft">{about}</span>{" "}
      <span className={`soft ${classes.points}`}>
        · {t("{rank, plural, one {# point} other {# points}}", { rank })}
      </span>
    </span>
  );
}

/** Where the score alone makes the rank, the rank has said it. */
function Why({ proposal: { reasons: all, why } }: { proposal: Proposal }) {
  const reasons = all.length === 1 && all[0]?.code === "score" ? [] : all;
  if (reasons.length === 0 && !why) return null;
  return (
    <span className={`soft small ${classes.reasons}`}>
      {reasons.map(({ says, points, code }) => (
        <span key={says}>
          {says}
          {code !== "score" && ` ${signed(points)}`}
        </span>
      ))}
      {why && <span>{why}</span>}
    </span>
  );
}
