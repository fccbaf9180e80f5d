import { Button, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { guessTimeZone } from "../../../parts/TimeZoneField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Entity, type NewWorkflow, useCreate, type WorkflowSecrets } from "./queries.ts";
import { SecretsDialog } from "./SecretsDialog.tsx";
import { freshTrigger, type Trigger } from "./trigger.ts";

type Wish = { name: string; entity: Entity; trigger: Trigger["type"] };
type Made = { id: string; secrets: WorkflowSecrets };

const ENTITIES = perLanguage(() => [
  { value: "contact", label: t("Contacts") },
  { value: "person", label: t("Prospects: people in the People database") },
  { value: "account", label: t("Companies") },
]);

export const TRIGGERS = perLanguage(() => [
  { value: "schedule", label: t("On a schedule") },
  { value: "event", label: t("When an event happens") },
  { value: "date_field", label: t("When a date is reached") },
  { value: "webhook", label: t("When its URL is called") },
]);

/** A new workflow with the least that one can have; it is off, and its page is where it is built. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [made, setMade] = useState<Made | null>(null);
  const { form, kept } = useKeptForm<Wish>("workflow", {
    initialValues: { name: "", entity: "contact", trigger: "schedule" },
    validate: { name: (name) => (name.trim() ? null : t("Enter a name.")) },
  });
  const create = useCreate();
  const close = () => {
    kept.forget();
    onClose();
  };
  const open = (id: string) => void navigate({ to: "/workflows/$id", params: { id } });
  const go = (wish: Wish) =>
    create.mutate(wishOf(wish), {
      onSuccess: ({ workflow: { id }, secrets }) => {
        kept.forget();
        toast(t("Workflow created. It stays off until you turn it on."));
        if (secrets.hook_url === null) open(id);
        else setMade({ id, secrets });
      },
    });
  if (made) return <SecretsDialog secrets={made.secrets} onDone={() => open(made.id)} />;
  return (
    <Dialog title={t("Create a workflow")} onClose={close}>
      <form className="stack" onSubmit={form.onSubmit(go)}>
        <TextInput label={t("Name")} data-autofocus maxLength={200} {...form.getInputProps("name")} />
        <Select
          label={t("For")}
          description={t("This cannot be changed later.")}
          data={ENTITIES}
          allowDeselect={false}
          {...form.getInputProps("entity")}
        />
        <Select
          label={t("Trigger")}
          data={TRIGGERS.filter(({ value }) => value !== "date_field" || form.values.entity !== "person")}
          allowDeselect={false}
          {...form.getInputProps("trigger")}
        />
        <p className="soft small">
          {t("It starts with one action, a notification to you. Edit it on the next page.")}
        </p>
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("Create workflow")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wishOf({ name, entity, trigger: wished }: Wish): NewWorkflow {
  const trigger = wished === "date_field" && entity === "person" ? "schedule" : wished; // people have no date fields
  return {
    name: name.trim(),
    entity,
    trigger: freshTrigger(trigger, entity, guessTimeZone()) as NewWorkflow["trigger"],
    actions: [{ type: "notify", text: t("{name}: new match", { name: name.trim() }).slice(0, 1000) }],
  };
}
