import { Button, JsonInput, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
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
    validate: {
      mapping: (text, { kind }) => (kind === "http" && !isJson(text) ? t("This is not valid JSON.") : null),
    },
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
          toast(t("{name} connected. It is asked last.", { name: rest.name }));
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t("Connect a provider")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <Segmented
          aria-label={t("Provider type")}
          data={[
            { value: "apollo", label: t("Apollo or compatible") },
            { value: "http", label: t("Other, with a mapping") },
          ]}
          {...form.getInputProps("kind")}
        />
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {isApollo ? (
          <TextInput
            label={t("URL")}
            type="url"
            required
            withAsterisk={false}
            {...form.getInputProps("base_url")}
          />
        ) : (
          <JsonInput
            label={t("Mapping")}
            description={t("The request to send, and where each value is in the response.")}
            minRows={10}
            autosize
            {...form.getInputProps("mapping")}
          />
        )}
        <PasswordInput
          label={t("API key")}
          description={t("Stored encrypted and never shown again.")}
          required
          withAsterisk={false}
          autoComplete="off"
          {...form.getInputProps("provider_key")}
        />
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
        <Trouble error={connect.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={connect.isPending}>
            {t("Connect")}
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
