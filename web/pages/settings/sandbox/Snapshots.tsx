import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { api } from "../../../session.ts";
import { type Snapshot, snapshotsQuery } from "./queries.ts";
import classes from "./Snapshots.module.css";

/** Moments of the sandbox that are kept. Going back to one takes everything with it. */
export function Snapshots() {
  const { data: snapshots = [] } = useQuery(snapshotsQuery);
  const [asked, setAsked] = useState<Snapshot | "beginning" | null>(null);
  return (
    <Section
      title={t("Snapshots")}
      note={t("A snapshot keeps everything in the sandbox, of all its teams, with its time.")}
    >
      <div className="stack">
        <NewSnapshot />
        {snapshots.length > 0 && (
          <ul className={classes.list} aria-label={t("Snapshots")}>
            {snapshots.map((snapshot) => (
              <Line key={snapshot.id} snapshot={snapshot} onGoBack={() => setAsked(snapshot)} />
            ))}
          </ul>
        )}
        <div>
          <Button variant="default" onClick={() => setAsked("beginning")}>
            {t("Start over …")}
          </Button>
        </div>
      </div>
      {asked && <GoBack to={asked} onClose={() => setAsked(null)} />}
    </Section>
  );
}

function NewSnapshot() {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const take = useMutation({
    mutationFn: () => api.sandbox.takeSnapshot(name.trim() === "" ? {} : { name: name.trim() }),
    onSuccess: () => {
      setName("");
      void queries.invalidateQueries({ queryKey: snapshotsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      <div className={classes.new}>
        <TextInput
          label={t("Name")}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={take.isPending}>
          {t("Keep a snapshot")}
        </Button>
      </div>
      <Trouble error={take.error} doing="writing" />
    </form>
  );
}

function Line({ snapshot, onGoBack }: { snapshot: Snapshot; onGoBack: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.sandbox.deleteSnapshot({ id: snapshot.id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: snapshotsQuery.queryKey }),
    onError: (error) => toast(error.message),
  });
  const name = nameOf(snapshot);
  return (
    <li className={classes.line}>
      <span className={classes.name}>
        {name}
        {snapshot.name !== null && (
          <span className="soft small">{dayAndTime(snapshot.time, new Date(0))}</span>
        )}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t("Go back to {name}", { name })}
        onClick={onGoBack}
      >
        {t("Go back")}
      </Button>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={remove.isPending}
        aria-label={t("Delete {name}", { name })}
        onClick={() => remove.mutate()}
      >
        {t("Delete")}
      </Button>
    </li>
  );
}

/** The time of the sandbox tells which it is, where nobody gave it a name. */
function nameOf({ name, time }: Snapshot) {
  return name ?? dayAndTime(time, new Date(0));
}

function GoBack({ to, onClose }: { to: Snapshot | "beginning"; onClose: () => void }) {
  const queries = useQueryClient();
  const go = useMutation({
    mutationFn: async () => {
      await (to === "beginning" ? api.sandbox.reset() : api.sandbox.restoreSnapshot({ id: to.id }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      toast(t("The sandbox is back where it was."));
      onClose();
    },
  });
  return (
    <Confirm
      title={to === "beginning" ? t("Start over?") : t("Go back to {name}?", { name: nameOf(to) })}
      verb={to === "beginning" ? t("Start over") : t("Go back")}
      isBusy={go.isPending}
      error={go.error}
      onConfirm={() => go.mutate()}
      onClose={onClose}
    >
      <p>
        {to === "beginning"
          ? t(
              "The sandbox is emptied and its time goes back to the beginning. Users, API keys and the first team stay.",
            )
          : t("Everything that happened since is gone, in all teams. Snapshots stay.")}
      </p>
    </Confirm>
  );
}
