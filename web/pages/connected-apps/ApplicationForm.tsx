import { oauthScopes } from "@cadenza/contract";
import { Button, Checkbox, MultiSelect, Radio, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { type MadeApplication, useAddApplication } from "./queries.ts";

type Props = { onClose: () => void; onAdded: (made: MadeApplication) => void };
type Reach = "all" | "read" | "some";

const MANY = ["app_scopes", "read_only", "read_user_profile"];
const CHOICES = Object.entries(oauthScopes)
  .filter(([name]) => !MANY.includes(name))
  .map(([value, { says }]) => ({ value, label: says }));

const REACHES: { value: Reach; label: string; description: string }[] = [
  { value: "some", label: "Only what I choose", description: "Best for a program that does one thing." },
  { value: "read", label: "See everything, change nothing", description: "For reports and dashboards." },
  { value: "all", label: "Everything the person may", description: "Except what only admins may." },
];

export function ApplicationForm({ onClose, onAdded }: Props) {
  const form = useForm({
    initialValues: {
      name: "",
      addresses: "",
      isConfidential: true,
      reach: "some" as Reach,
      scopes: [] as string[],
    },
    validate: {
      scopes: (scopes, { reach }) =>
        reach === "some" && scopes.length === 0 ? "Choose at least one." : null,
    },
  });
  const add = useAddApplication();
  const send = ({ name, addresses, isConfidential, reach, scopes }: typeof form.values) =>
    add.mutate(
      {
        name,
        redirect_uris: addresses.split(/\s+/).filter(Boolean),
        confidential: isConfidential,
        scopes: [
          "read_user_profile",
          ...(reach === "all" ? ["app_scopes"] : reach === "read" ? ["read_only"] : scopes),
        ],
      },
      { onSuccess: onAdded },
    );
  return (
    <Dialog onClose={onClose} title="Add an application" size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Name"
          description="People of the team read it when they are asked."
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Textarea
          label="Addresses it is answered at, one a line"
          description="https, a program's own scheme, or http on this computer; they count letter by letter."
          placeholder="https://app.example.com/oauth/callback"
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps("addresses")}
        />
        <Checkbox
          label="It can keep a secret"
          description="It runs on a server, not on people's computers."
          {...form.getInputProps("isConfidential", { type: "checkbox" })}
        />
        <Radio.Group label="It may ask for" {...form.getInputProps("reach")}>
          <div className="stack" style={{ gap: 8 }}>
            {REACHES.map((reach) => (
              <Radio key={reach.value} {...reach} />
            ))}
          </div>
        </Radio.Group>
        {form.values.reach === "some" && (
          <MultiSelect
            label="Which"
            data={CHOICES}
            searchable
            placeholder={form.values.scopes.length === 0 ? "Search what it may" : ""}
            maxDropdownHeight={240}
            {...form.getInputProps("scopes")}
          />
        )}
        <Trouble error={add.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
