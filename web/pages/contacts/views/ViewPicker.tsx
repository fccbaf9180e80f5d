import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconStack2, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { useMe } from "../../../session.ts";
import {
  useChangeView,
  useChangeViewBack,
  useDeleteView,
  useSaveView,
  type View,
  type ViewSubject,
} from "./queries.ts";
import { keptOf, type ShownView } from "./useView.ts";
import { ViewDialog } from "./ViewDialog.tsx";

type Props = { subject: ViewSubject; shown: ShownView; all: string };

/** Which saved view a list is looked at in, and keeping one. */
export function ViewPicker({ subject, shown, all }: Props) {
  const { view, views, isChanged } = shown;
  const [dialog, setDialog] = useState<"save" | "edit" | null>(null);
  const { user } = useMe();
  const mine = views.filter(({ user_id }) => user_id === user.id);
  const others = views.filter(({ user_id }) => user_id !== user.id);
  const line = (one: View) => (
    <Menu.Item
      key={one.id}
      onClick={() => shown.show(one)}
      rightSection={one.shared ? <IconUsers size="0.875rem" aria-label={t("Shared with the team")} /> : null}
    >
      {one.name}
    </Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-start" width={248}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconStack2 size="0.875rem" stroke={1.75} />}
            rightSection={<IconChevronDown size="0.75rem" />}
          >
            {view ? (isChanged ? t("{name} (changed)", { name: view.name }) : view.name) : all}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => shown.show(null)}>{all}</Menu.Item>
          {mine.length > 0 && <Menu.Label>{t("Yours")}</Menu.Label>}
          {mine.map(line)}
          {others.length > 0 && <Menu.Label>{t("Shared by teammates")}</Menu.Label>}
          {others.map(line)}
          <Menu.Divider />
          {view && <OwnVerbs shown={shown} view={view} onEdit={() => setDialog("edit")} />}
          <Menu.Item onClick={() => setDialog("save")}>{t("Save as new view …")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog && (
        <ViewDialog
          subject={subject}
          shown={shown}
          view={dialog === "edit" ? view : null}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function OwnVerbs({ shown, view, onEdit }: { shown: ShownView; view: View; onEdit: () => void }) {
  const { user } = useMe();
  const change = useChangeView(view.subject);
  const changeBack = useChangeViewBack();
  const remove = useDeleteView();
  const create = useSaveView();
  const mayChange = view.user_id === user.id || (user.role === "admin" && view.shared);
  if (!mayChange)
    return <Menu.Label>{t("Created by a teammate. Save it as your own view to change it.")}</Menu.Label>;
  const failed = (error: unknown) => toast(accountFor(error, "writing").happened);
  const { id, name } = view;
  // Answered by a promise: the menu is closed by then, and a callback of its own would not be called.
  const keep = () =>
    change
      .mutateAsync({ shown: view, id, ...keptOf(shown.now) })
      .then(() =>
        toast(t("Changes to “{name}” saved.", { name }), {
          undo: () => changeBack.mutateAsync({ id, ...keptOf(view) }),
        }),
      )
      .catch(failed);
  const forget = () =>
    remove
      .mutateAsync(id)
      .then(() => {
        shown.show(null);
        toast(t("View “{name}” deleted.", { name }), {
          undo: () =>
            create.mutateAsync({ subject: view.subject, name, shared: view.shared, ...keptOf(view) }),
        });
      })
      .catch(failed);
  return (
    <>
      {shown.isChanged && (
        <Menu.Item onClick={() => void keep()}>{t("Save changes to “{name}”", { name })}</Menu.Item>
      )}
      <Menu.Item onClick={onEdit}>{t("Rename or share …")}</Menu.Item>
      <Menu.Item onClick={() => void forget()}>{t("Delete view")}</Menu.Item>
    </>
  );
}
