import { Button, JsonInput, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { type ProviderWish, useConnectProvider } from "./queries.ts";
import { EXAMPLE_MAPPING } from "./words.ts";

export function ProviderForm({ onClose }: { onClose: () => void }) {
  const connect = useConnectProvider();
  const form = useForm({
    initialValues: {
      kind: "apollo" as "apollo" | "http",
      name: "",
      base_url: "https://api.apollo.io",
      mapping: EXAMPLE_MAPPING,
      provider_key: "",
      price: 1,
      ceiling: "" as number | "",
    },
    validate: { mapping: (text, { kind }) => (kind === "http" && !isJson(text) ? "This is no JSON." : null) },
  });
  const isApollo = form.values.kind === "apollo";
  const save = ({ mapping, base_url, ceiling, ...rest }: typeof form.values) =>
    connect.mutate(
      {
        ...rest,
        name: rest.name.trim(),
        ceiling: ceiling === "" ? null : ceiling,
        ...(isApollo
          ? { base_url: base_url.trim() }
          : { mapping: JSON.parse(mapping) as NonNullable<ProviderWish["mapping"]> }),
      },
      {
        onSuccess: () => {
          toast(`${rest.name} is asked last from now on.`);
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title="Connect a provider" size="lg">
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <Segmented
          aria-label="Kind"
          data={[
            { value: "apollo", label: "Apollo, or speaks as it does" },
            { value: "http", label: "Any other, by a mapping" },
          ]}
          {...form.getInputProps("kind")}
        />
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {isApollo ? (
          <TextInput
            label="Address"
            type="url"
            required
            withAsterisk={false}
            {...form.getInputProps("base_url")}
          />
        ) : (
          <JsonInput
            label="Mapping"
            description="Where it is called, with what, and where in its answer each fact stands."
            minRows={10}
            autosize
            {...form.getInputProps("mapping")}
          />
        )}
        <PasswordInput
          label="Key"
          description="Kept sealed, and never shown again."
          required
          withAsterisk={false}
          autoComplete="off"
          {...form.getInputProps("provider_key")}
        />
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
        <Trouble error={connect.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={connect.isPending}>
            Connect
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function isJson(text: string) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
