import { Button, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
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
            ["Address", provider.base_url ?? "By its mapping"],
            ["State", sayState(provider, new Date())],
            ["Last 30 days", sayFound(provider.last_30_days)],
            ["Failed", `${failed} of ${asked}`],
            ["Takes", median_ms === null ? "–" : `${median_ms} ms`],
          ]}
        />
        <Lost provider={provider} />
        <Place provider={provider} all={all} />
        <Trial provider={provider} />
        <Terms provider={provider} />
        <div className="row end">
          <Button variant="default" mr="auto" onClick={() => setIsLeaving(true)}>
            Disconnect …
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
        toast(`${provider.name} is asked as number ${at + by + 1}.`, { undo: () => order.mutateAsync(ids) }),
    });
  };
  return (
    <div className="row">
      <span>
        Asked as number {at + 1} of {ids.length}
      </span>
      <Button variant="default" disabled={at === 0 || order.isPending} onClick={() => move(-1)}>
        Earlier
      </Button>
      <Button variant="default" disabled={at === ids.length - 1 || order.isPending} onClick={() => move(1)}>
        Later
      </Button>
      <Trouble error={order.error} doing="writing" />
    </div>
  );
}

/** Nobody knows whether these were paid: only a person may have them asked again. */
function Lost({ provider: { id, name, last_30_days } }: Pick<Props, "provider">) {
  const change = useChangeProvider();
  const { lost } = last_30_days;
  if (lost === 0) return null;
  return (
    <div className="row">
      <span>
        {lost === 1 ? "One lookup was" : `${lost} lookups were`} lost with a server that was stopped in the
        midst of it. They may have been paid, so {name} is not asked again by itself.
      </span>
      <Button
        variant="default"
        loading={change.isPending}
        onClick={() =>
          change.mutate(
            { id, ask_lost_again: true },
            { onSuccess: () => toast(`${name} is asked again when somebody looks them up.`) },
          )
        }
      >
        Ask again
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
          label="Try it with an address or a domain"
          value={what}
          onChange={(event) => setWhat(event.currentTarget.value)}
          style={{ flex: 1 }}
        />
        <Button type="submit" variant="default" disabled={what.trim() === ""} loading={attempt.isPending}>
          Try it
        </Button>
      </div>
      <Trouble error={attempt.error} doing="writing" />
      {said && (
        <p role="status" className="small">
          {said.outcome === "hit" &&
            `Found in ${said.took_ms} ms: ${Object.values(said.found ?? {}).join(", ")}.`}
          {said.outcome === "miss" && `It knows nobody, and took ${said.took_ms} ms to say so.`}
          {said.outcome === "failed" && `It failed: ${said.error}.`}
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
          toast(`${provider.name} is changed.`);
        },
      },
    );
  return (
    <form className="stack" onSubmit={form.onSubmit(save)}>
      <div className="row">
        <NumberInput
          label="Credits for a find"
          min={0}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps("price")}
        />
        <NumberInput
          label="At most for one person in 30 days"
          placeholder="No ceiling"
          min={0}
          max={100_000}
          allowDecimal={false}
          {...form.getInputProps("ceiling")}
        />
      </div>
      <PasswordInput
        label="Another key"
        placeholder="Stays as it is"
        autoComplete="off"
        {...form.getInputProps("provider_key")}
      />
      <Trouble error={change.error} doing="writing" />
      <div>
        <Button type="submit" disabled={!form.isDirty()} loading={change.isPending}>
          Save
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
          toast(enabled ? "It is switched off." : "It is asked again.", { undo: () => flip(enabled) }),
        )
      }
    >
      {enabled ? "Switch off" : "Switch on"}
    </Button>
  );
}

type RemovalProps = { provider: Provider; onClose: () => void; onDone: () => void };

function Removal({ provider, onClose, onDone }: RemovalProps) {
  const remove = useRemoveProvider();
  return (
    <Confirm
      title={`Disconnect ${provider.name}?`}
      verb="Disconnect"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(provider.id, {
          onSuccess: () => {
            toast(`${provider.name} is disconnected.`);
            onDone();
          },
        })
      }
      onClose={onClose}
    >
      <p>Its key and its report are forgotten; what it has found stays. This cannot be undone.</p>
    </Confirm>
  );
}
