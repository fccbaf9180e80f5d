import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useStartMove } from "./queries.ts";

/** Where from, and with which key. Reading comes first: it shows what would be copied. */
export function StartForm() {
  const start = useStartMove();
  const form = useForm({ initialValues: { source: "apollo", source_key: "", notes: false } });
  const begin = (look_only: boolean) =>
    start.mutate(
      { ...form.values, source: form.values.source.trim(), look_only },
      { onSuccess: () => form.setFieldValue("source_key", "") },
    );
  return (
    <form className="stack" onSubmit={form.onSubmit(() => begin(true))}>
      <TextInput
        label={t("Source")}
        description={t("apollo, or the address of another Cadenza server.")}
        required
        withAsterisk={false}
        maxLength={2000}
        {...form.getInputProps("source")}
      />
      <PasswordInput
        label={t("Master key")}
        description={t(
          "In Apollo: Settings, Integrations, API. It is stored encrypted, sent to this source only, and deleted once everything is copied.",
        )}
        required
        withAsterisk={false}
        autoComplete="off"
        maxLength={1000}
        {...form.getInputProps("source_key")}
      />
      <Checkbox
        label={t("Also copy notes")}
        description={t("It takes one call to the source for each contact, company and deal.")}
        {...form.getInputProps("notes", { type: "checkbox" })}
      />
      <Trouble error={start.error} doing="writing" />
      <div className="row">
        <Button type="submit" loading={start.isPending}>
          {t("See what would be copied")}
        </Button>
        <Button
          variant="default"
          disabled={start.isPending || form.values.source_key === ""}
          onClick={() => begin(false)}
        >
          {t("Copy everything")}
        </Button>
      </div>
    </form>
  );
}
