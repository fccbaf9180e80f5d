import { Button, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import classes from "./Copilots.module.css";
import { Proposals } from "./Proposals.tsx";
import {
  type Copilot,
  copilotQuery,
  type State,
  useDeleteCopilot,
  usePropose,
  useSwitch,
} from "./queries.ts";
import { useMayChange } from "./right.ts";
import { STATES, signed } from "./words.ts";

/** One copilot: whom it proposes, and what decisions have taught it. */
export function CopilotView({ copilot }: { copilot: Copilot }) {
  const [, change] = useAddress();
  const [state, setState] = useState<State>("proposed");
  const [isDeleting, setIsDeleting] = useState(false);
  const mayChange = useMayChange(copilot);
  const { data: people = [] } = usePeople();
  const owner = people.find(({ id }) => id === copilot.user_id)?.name ?? t("A teammate");
  const toggle = useSwitch();
  const propose = usePropose();
  const shown = useQuery(copilotQuery(copilot.id));
  const lessons = shown.data?.lessons ?? [];
  const ask = () =>
    propose.mutate(copilot.id, {
      onSuccess: ({ proposals, copilot: now }) =>
        toast(
          proposals.length > 0
            ? t("Contacts proposed: {proposals}.", { proposals: proposals.length })
            : (now.said ?? t("No contacts proposed.")),
        ),
    });
  return (
    <div className="stack" style={{ gap: 24 }}>
      {!mayChange && (
        <p className="soft small">
          {t(
            "{owner} created this copilot. Only {owner} and admins can change it and decide on its proposals.",
            {
              owner,
            },
          )}
        </p>
      )}
      {mayChange && (
        <div className="row">
          <Switch
            label={t("On")}
            checked={copilot.active}
            onChange={(event) => toggle.mutate({ id: copilot.id, active: event.currentTarget.checked })}
          />
          <Button variant="default" loading={propose.isPending} onClick={ask}>
            {t("Propose now")}
          </Button>
          <Button variant="default" onClick={() => change({ do: "edit" })}>
            {t("Edit …")}
          </Button>
          <Button variant="default" onClick={() => setIsDeleting(true)}>
            {t("Delete …")}
          </Button>
        </div>
      )}
      <Trouble error={propose.error ?? toggle.error} doing="writing" />
      {copilot.said && <p className="soft small">{copilot.said}</p>}
      <div>
        <Segmented
          aria-label={t("Status")}
          data={STATES.map(({ value, label }) => ({ value, label: `${label} (${countOf(copilot, value)})` }))}
          value={state}
          onChange={(value) => setState(value as State)}
        />
      </div>
      <Proposals key={state} copilot={copilot} state={state} mayDecide={mayChange} />
      <Section
        title={t("What it has learned")}
        note={t("Points for contacts with this trait, based on your decisions.")}
      >
        {lessons.length === 0 ? (
          <p className="soft small">
            {t("Nothing yet. It ranks by score and by similarity to the examples.")}
          </p>
        ) : (
          <ul className={classes.lessons}>
            {lessons.map(({ trait, value, approved, rejected, points }) => (
              <li key={`${trait} ${value}`}>
                <span>
                  {trait} {value}{" "}
                  <span className="soft small">
                    {t("{approved} approved, {rejected} rejected", { approved, rejected })}
                  </span>
                </span>
                <span className={classes.points}>{signed(points)}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {isDeleting && <Deleting copilot={copilot} onClose={() => setIsDeleting(false)} />}
    </div>
  );
}

function countOf({ waiting, approved, rejected, left_out }: Copilot, state: State) {
  return { proposed: waiting, approved, rejected, left_out }[state];
}

function Deleting({ copilot, onClose }: { copilot: Copilot; onClose: () => void }) {
  const remove = useDeleteCopilot();
  return (
    <Confirm
      title={t("Delete {name}?", { name: copilot.name })}
      verb={t("Delete copilot")}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(copilot.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {t("Its proposals and what it has learned will be deleted. Added contacts stay in the sequence.")}
      </p>
    </Confirm>
  );
}
