import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useAddress } from "../../parts/address.ts";
import { Page, Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { useMe } from "../../session.ts";
import { useChangePerson } from "../people/queries.ts";
import { ROLES } from "../people/words.tsx";
import { leave } from "../sessions/leave.ts";
import { PasswordForm } from "./PasswordForm.tsx";

export function ProfilePage() {
  const { user, team } = useMe();
  const [address, change] = useAddress();
  return (
    <Page
      title="Your profile"
      state={`${ROLES[user.role].word} of ${team.name}, signing in as ${user.email}.`}
    >
      <NamesForm />
      <Section
        title="Password"
        note="Changing it signs you out everywhere else, and disconnects the apps that act for you."
      >
        <div>
          <Button variant="default" onClick={() => change({ do: "password" })}>
            Change your password
          </Button>
        </div>
      </Section>
      <Section title="Signing out" note="On this browser only.">
        <div>
          <Button variant="default" onClick={() => void leave()}>
            Sign out
          </Button>
        </div>
      </Section>
      {address.do === "password" && <PasswordForm onClose={() => change({ do: undefined })} />}
    </Page>
  );
}

type Names = Pick<ReturnType<typeof useMe>["user"], "first_name" | "last_name" | "title">;

const asFields = ({ first_name, last_name, title }: Names) => ({
  first_name: first_name ?? "",
  last_name: last_name ?? "",
  title: title ?? "",
});

const asNames = ({ first_name, last_name, title }: ReturnType<typeof asFields>): Names => ({
  first_name: first_name.trim() || null,
  last_name: last_name.trim() || null,
  title: title.trim() || null,
});

function NamesForm() {
  const { user } = useMe();
  const save = useChangePerson();
  const form = useForm({ initialValues: asFields(user) });
  const show = (names: Names) => {
    form.setInitialValues(asFields(names));
    form.setValues(asFields(names));
  };
  const send = (fields: typeof form.values) => {
    const before = asNames(asFields(user));
    const undo = () => save.mutateAsync({ id: user.id, ...before }).then(() => show(before));
    const onSuccess = () => {
      show(asNames(fields));
      toast("Your profile is saved.", { undo });
    };
    save.mutate({ id: user.id, ...asNames(fields) }, { onSuccess });
  };
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section title="Names" note="How colleagues see you here.">
        <TextInput label="First name" autoComplete="given-name" {...form.getInputProps("first_name")} />
        <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps("last_name")} />
        <TextInput label="Title" autoComplete="organization-title" {...form.getInputProps("title")} />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </div>
      </Section>
    </form>
  );
}
