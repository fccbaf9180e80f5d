import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { guessTimeZone } from "../../parts/TimeZoneField.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { type Entity, type NewWorkflow, type Secrets, useCreate } from "./queries.ts";
import { SecretsDialog } from "./SecretsDialog.tsx";
import { freshTrigger, type Trigger } from "./trigger.ts";

type Wish = { name: string; entity: Entity; trigger: Trigger["type"] };
type Made = { id: string; secrets: Secrets };

const ENTITIES = [
  { value: "contact", label: "Contacts: whom you write to and call" },
  { value: "person", label: "Prospects: people of the store" },
  { value: "account", label: "Companies" },
];

export const TRIGGERS = [
  { value: "schedule", label: "On a schedule" },
  { value: "event", label: "When something happens" },
  { value: "webhook", label: "When it is called" },
];

/** A new workflow with the least that one can have; it is off, and its page is where it is built. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [made, setMade] = useState<Made | null>(null);
  const form = useForm<Wish>({
    initialValues: { name: "", entity: "contact", trigger: "schedule" },
    validate: { name: (name) => (name.trim() ? null : "Give it a name.") },
  });
  const create = useCreate();
  const open = (id: string) => void navigate({ to: "/workflows/$id", params: { id } });
  const go = (wish: Wish) =>
    create.mutate(wishOf(wish), {
      onSuccess: ({ workflow: { id }, secrets }) => {
        toast("Made. It is off until you switch it on.");
        if (secrets.hook_url === null) open(id);
        else setMade({ id, secrets });
      },
    });
  if (made) return <SecretsDialog secrets={made.secrets} onDone={() => open(made.id)} />;
  return (
    <Dialog title="Create a workflow" onClose={onClose}>
      <form className="stack" onSubmit={form.onSubmit(go)}>
        <TextInput label="Name" data-autofocus maxLength={200} {...form.getInputProps("name")} />
        <Select
          label="For"
          description="This cannot be changed later."
          data={ENTITIES}
          allowDeselect={false}
          {...form.getInputProps("entity")}
        />
        <Select label="Begins" data={TRIGGERS} allowDeselect={false} {...form.getInputProps("trigger")} />
        <p className="soft small">It begins with one action, a note to you. Change it on the next page.</p>
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wishOf({ name, entity, trigger }: Wish): NewWorkflow {
  return {
    name: name.trim(),
    entity,
    trigger: freshTrigger(trigger, entity, guessTimeZone()) as NewWorkflow["trigger"],
    actions: [{ type: "notify", text: `${name.trim()}: somebody was taken`.slice(0, 1000) }],
  };
}
