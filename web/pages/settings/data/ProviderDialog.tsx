import { Button, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import {
  type Provider,
  useChangeProvider,
  useOrderProviders,
  useRemoveProvider,
  useTryProvider,
} from "./queries.ts";
import { sayFound, sayState } from "./words.ts";

type Props = { provider: Provider; all: readonly Provider[]; onClose: () => void };

/** One provider: its place, its price, a question to try it with, and what it has found. */
export function ProviderDialog({ provider, all, onClose }: Props) {
  const [isLeaving, setIsLeaving] = useState(false);
  const { asked, failed, median_ms } = provider.last_30_days;
  if (isLeaving) return <Removal provider={provider} onClose={() => setIsLeaving(false)} onDone={onClose} />;
  return (
    <Dialog onClose={onClose} title={provider.name} size="lg">
      <div className="stack">
        <Facts
          facts={[
            ["URL", provider.base_url ?? t("Set in its mapping")],
            [t("Status"), sayState(provider, currentTime())],
            [t("Last 30 days"), sayFound(provider.last_30_days)],
            [t("Failed"), t("{failed} of {asked}", { failed, asked })],
            [t("Median response time"), median_ms === null ? "–" : t("{median_ms} ms", { median_ms })],
          ]}
        />
        <Lost provider={provider} />
        <Place provider={provider} all={all} />
        <Trial provider={provider} />
        <Terms provider={provider} />
        <div className="row end">
          <Button variant="default" mr="auto" onClick={() => setIsLeaving(true)}>
            {t("Disconnect …")}
          </Button>
          <Switch provider={provider} />
        </div>
      </div>
    </Dialog>
  );
}

function Place({ provider, all }: Omit<Props, "onClose">) {
  const order = useOrderProviders();
  const ids = all.map(({ id }) => id);
  const at = ids.indexOf(provider.id);
  const move = (by: 1 | -1) => {
    const next = ids.toSpliced(at, 1).toSpliced(at + by, 0, provider.id);
    order.mutate(next, {
      onSuccess: () =>
        toast(t("{name} is now number {at}.", { name: provider.name, at: at + by + 1 }), {
          undo: () => order.mutateAsync(ids),
        }),
    });
  };
  return (
    <div className="row">
      <span>{t("Number {at} of {ids} in the order", { at: at + 1, ids: ids.length })}</span>
      <Button variant="default" disabled={at === 0 || order.isPending} onClick={() => move(-1)}>
        {t("Move up")}
      </Button>
      <Button variant="default" disabled={at === ids.length - 1 || order.isPending} onClick={() => move(1)}>
        {t("Move down")}
      </Button>
      <Trouble error={order.error} doing="writing" />
    </div>
  );
}

/** It is unknown whether these were paid: only a person may ask again. */
function Lost({ provider: { id, name, last_30_days } }: Pick<Props, "provider">) {
  const change = useChangeProvider();
  const { lost } = last_30_days;
  if (lost === 0) return null;
  return (
    <div className="row">
      <span>
        {t(
          "{lost, plural, one {# lookup was} other {# lookups were}} interrupted when a server stopped. You may have paid for them, so {name} is not asked again automatically.",
          { lost, name },
        )}
      </span>
      <Button
        variant="default"
        loading={change.isPending}
        onClick={() =>
          change.mutate(
            { id, ask_lost_again: true },
            { onSuccess: () => toast(t("{name} will be asked again at the next lookup.", { name })) },
          )
        }
      >
        {t("Ask again")}
      </Button>
      <Trouble error={change.error} doing="writing" />
    </div>
  );
}

function Trial({ provider }: { provider: Provider }) {
  const [what, setWhat] = useState("");
  const attempt = useTryProvider();
  const said = attempt.data;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate({ id: provider.id, what: what.trim() });
      }}
    >
      <div className="row" style={{ alignItems: "end" }}>
        <TextInput
          label={t("Test with an email address or domain")}
          value={what}
          onChange={(event) => setWhat(event.currentTarget.value)}
          style={{ flex: 1 }}
        />
        <Button type="submit" variant="default" disabled={what.trim() === ""} loading={attempt.isPending}>
          {t("Run test")}
        </Button>
      </div>
      <Trouble error={attempt.error} doing="writing" />
      {said && (
        <p role="status" className="small">
          {said.outcome === "hit" &&
            t("Found in {took_ms} ms: {values}.", {
              took_ms: said.took_ms,
              values: Object.values(said.found ?? {}).join(", "),
            })}
          {said.outcome === "miss" && t("No match, after {took_ms} ms.", { took_ms: said.took_ms })}
          {said.outcome === "failed" && t("Failed: {error}.", { error: said.error })}
        </p>
      )}
    </form>
  );
}

function Terms({ provider }: { provider: Provider }) {
  const change = useChangeProvider();
  const form = useForm({
    initialValues: {
      price: provider.price,
      ceiling: provider.ceiling ?? ("" as number | ""),
      provider_key: "",
    },
  });
  const save = ({ price, ceiling, provider_key }: typeof form.values) =>
    change.mutate(
      {
        id: provider.id,
        price,
        ceiling: ceiling === "" ? null : ceiling,
        ...(provider_key !== "" && { provider_key }),
      },
      {
        onSuccess: () => {
          form.resetDirty();
          toast(t("{name} saved.", { name: provider.name }));
        },
      },
    );
  return (
    <form className="stack" onSubmit={form.onSubmit(save)}>
      <div className="row">
        <NumberInput
          label={t("Credits per match")}
          min={0}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps("price")}
        />
        <NumberInput
          label={t("Limit per person in 30 days")}
          placeholder={t("No limit")}
          min={0}
          max={100_000}
          allowDecimal={false}
          {...form.getInputProps("ceiling")}
        />
      </div>
      <PasswordInput
        label={t("New API key")}
        placeholder={t("Keep the current key")}
        autoComplete="off"
        {...form.getInputProps("provider_key")}
      />
      <Trouble error={change.error} doing="writing" />
      <div>
        <Button type="submit" disabled={!form.isDirty()} loading={change.isPending}>
          {t("Save")}
        </Button>
      </div>
    </form>
  );
}

function Switch({ provider: { id, enabled } }: { provider: Provider }) {
  const change = useChangeProvider();
  const flip = (to: boolean) => change.mutateAsync({ id, enabled: to });
  return (
    <Button
      variant="default"
      loading={change.isPending}
      onClick={() =>
        void flip(!enabled).then(() =>
          toast(enabled ? t("Provider turned off.") : t("Provider turned on."), {
            undo: () => flip(enabled),
          }),
        )
      }
    >
      {enabled ? t("Turn off") : t("Turn on")}
    </Button>
  );
}

type RemovalProps = { provider: Provider; onClose: () => void; onDone: () => void };

function Removal({ provider, onClose, onDone }: RemovalProps) {
  const remove = useRemoveProvider();
  return (
    <Confirm
      title={t("Disconnect {name}?", { name: provider.name })}
      verb={t("Disconnect")}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(provider.id, {
          onSuccess: () => {
            toast(t("{name} disconnected.", { name: provider.name }));
            onDone();
          },
        })
      }
      onClose={onClose}
    >
      <p>{t("Its key and statistics will be deleted. Data it found is kept. You can't undo this.")}</p>
    </Confirm>
  );
}
