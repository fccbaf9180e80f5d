import { Button, NumberInput, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Settings, settingsQuery, useChangeSettings } from "../verification/queries.ts";

export function VerificationSection() {
  const { data, error, refetch } = useQuery(settingsQuery);
  return (
    <Section
      title={t("Email verification")}
      note={t(
        "Spelling and domain are always checked. Asking mail servers about single addresses finds more errors, but some servers may treat this as spam.",
      )}
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data && <SettingsForm settings={data} />}
    </Section>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const change = useChangeSettings();
  const form = useForm({
    initialValues: {
      probes: settings.probes,
      probe_from: settings.probe_from ?? "",
      most: settings.probes_per_domain_per_hour,
    },
  });
  const save = ({ probes, probe_from, most }: typeof form.values) =>
    change.mutate(
      { probes, probe_from: probe_from.trim() || null, probes_per_domain_per_hour: most },
      {
        onSuccess: () => {
          form.resetDirty();
          toast(t("Verification settings saved."), {
            undo: async () => {
              await change.mutateAsync(settings);
              form.setValues({
                probes: settings.probes,
                probe_from: settings.probe_from ?? "",
                most: settings.probes_per_domain_per_hour,
              });
            },
          });
        },
      },
    );
  return (
    <form className="stack" onSubmit={form.onSubmit(save)}>
      <Switch
        label={t("Ask mail servers about single addresses")}
        {...form.getInputProps("probes", { type: "checkbox" })}
      />
      <TextInput
        label={t("Sender address for checks")}
        description={t("One of your addresses that can receive email.")}
        type="email"
        required={form.values.probes}
        withAsterisk={false}
        {...form.getInputProps("probe_from")}
      />
      <NumberInput
        label={t("Checks per domain and hour")}
        min={1}
        max={10_000}
        allowDecimal={false}
        {...form.getInputProps("most")}
      />
      <Trouble error={change.error} doing="writing" />
      <div>
        <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
          {t("Save")}
        </Button>
      </div>
    </form>
  );
}
