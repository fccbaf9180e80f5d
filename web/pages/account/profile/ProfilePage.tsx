import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Page, Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useChangePerson } from "../../settings/people/queries.ts";
import { ROLES } from "../../settings/people/words.tsx";
import { leave } from "../sessions/leave.ts";
import { DialLinkForm } from "./DialLinkForm.tsx";
import { LanguageSection } from "./LanguageSection.tsx";
import { MeetingLinkForm } from "./MeetingLinkForm.tsx";
import { PasswordForm } from "./PasswordForm.tsx";

export function ProfilePage() {
  const { user, team } = useMe();
  const [address, change] = useAddress();
  return (
    <Page
      title={t("Your profile")}
      state={t("{word} of {name}. You sign in as {email}.", {
        word: ROLES[user.role].word,
        name: team.name,
        email: user.email,
      })}
    >
      <NamesForm />
      <MeetingLinkForm />
      <DialLinkForm />
      <LanguageSection />
      <Section
        title={t("Password")}
        note={t("If you change it, you are signed out everywhere else and connected apps are disconnected.")}
      >
        <div>
          <Button variant="default" onClick={() => change({ do: "password" })}>
            {t("Change password")}
          </Button>
        </div>
      </Section>
      <Section title={t("Sign out")} note={t("In this browser only.")}>
        <div>
          <Button variant="default" onClick={() => void leave()}>
            {t("Sign out")}
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
      toast(t("Profile saved."), { undo });
    };
    save.mutate({ id: user.id, ...asNames(fields) }, { onSuccess });
  };
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section title={t("Name")} note={t("Your teammates see this.")}>
        <TextInput label={t("First name")} autoComplete="given-name" {...form.getInputProps("first_name")} />
        <TextInput label={t("Last name")} autoComplete="family-name" {...form.getInputProps("last_name")} />
        <TextInput
          label={t("Job title")}
          autoComplete="organization-title"
          {...form.getInputProps("title")}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("Save")}
          </Button>
        </div>
      </Section>
    </form>
  );
}
