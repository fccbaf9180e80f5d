import { Menu, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Fragment, useRef, useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { ActionCard } from "./ActionCard.tsx";
import { isUnseen, kindOf, kindsFor, mayGoDeeper, newAction } from "./kinds.ts";
import type { Entity } from "./queries.ts";
import {
  type ActionNode,
  type Actions,
  changeList,
  copyOf,
  everyAction,
  moved,
  sayStep,
  stepAt,
} from "./tree.ts";
import { useNames } from "./useNames.ts";
import classes from "./Workflows.module.css";
import type { Working } from "./working.ts";

type Props = Pick<Working, "entity" | "onChange" | "announce"> & { actions: Actions };

/** The actions, card by card down the page. ⌥↑ and ⌥↓ move one, Delete removes it, N adds one, ⌘Z takes back. */
export function ActionTree(props: Props) {
  const [{ step }] = useAddress();
  const [open, setOpen] = useState(() => openAtFirst(props.actions, step));
  const nameOf = useNames(props.actions);
  const working: Working = {
    entity: props.entity,
    onChange: props.onChange,
    announce: props.announce,
    nameOf,
    isOpen: (key) => open.includes(key),
    toggle: (key) => setOpen((now) => (now.includes(key) ? now.filter((one) => one !== key) : [key])),
    listAt: (list, path) => <ActionList list={list} path={path} working={working} />,
  };
  return <ActionList list={props.actions} path="" working={working} />;
}

/** The one that the address names, as the diagram does. */
function openAtFirst(actions: Actions, step: string | undefined) {
  const named = everyAction(actions).find(({ path, at }) => step === stepAt(path, at));
  return named ? [named.action.key] : lackingIn(actions);
}

/** Actions with a blank are open from the start, so that the user sees what to fill. */
function lackingIn(actions: Actions): string[] {
  return everyAction(actions).flatMap(({ action }) =>
    !isUnseen(action) && kindOf(action.type).lacks?.(action) ? [action.key] : [],
  );
}

type ListProps = { list: Actions; path: string; working: Working };

function ActionList({ list, path, working }: ListProps) {
  const { onChange, announce } = working;
  const items = useRef<HTMLOListElement>(null);
  const change = (how: (inside: Actions) => Actions, tag?: string) =>
    onChange?.((actions) => changeList(actions, path, how), tag);
  /** The focus goes along with what was moved, and beside what was removed. */
  const focus = (at: number) =>
    requestAnimationFrame(() =>
      items.current?.querySelectorAll<HTMLElement>(":scope > li > section > header [data-walk]")[at]?.focus(),
    );
  const move = (at: number, by: 1 | -1) => {
    const to = at + by;
    const one = list[at];
    if (!one || to < 0 || to >= list.length) return;
    change((inside) => moved(inside, at, to));
    announce(
      t("{name} is now {to} of {list}.", { name: kindOf(one.type).name, to: to + 1, list: list.length }),
    );
    focus(to);
  };
  const remove = (at: number) => {
    const one = list[at];
    if (!one) return;
    change((inside) => inside.toSpliced(at, 1));
    announce(t("{name} removed. Undo restores it.", { name: kindOf(one.type).name }));
    focus(Math.min(at, list.length - 2));
  };
  const add = (type: string) => {
    const action = newAction(type);
    change((inside) => [...inside, action]);
    working.toggle(action.key);
  };
  return (
    <div className={classes.list}>
      {list.length > 0 && (
        <ol
          ref={items}
          className={classes.cards}
          aria-label={path === "" ? t("Actions") : t("Actions at {path}", { path: sayStep(path) })}
        >
          {list.map((action, at) => (
            <li key={action.key}>
              <ActionCard
                action={action}
                path={path}
                at={at}
                of={list.length}
                working={working}
                onPut={(next: ActionNode) => change((inside) => inside.with(at, next), action.key)}
                onMove={(by) => move(at, by)}
                onRemove={() => remove(at)}
                onCopy={() => change((inside) => inside.toSpliced(at + 1, 0, copyOf(action)))}
              />
            </li>
          ))}
        </ol>
      )}
      {onChange && <AddAction entity={working.entity} path={path} isEmpty={list.length === 0} onAdd={add} />}
    </div>
  );
}

type AddProps = { entity: Entity; path: string; isEmpty: boolean; onAdd: (type: string) => void };

function AddAction({ entity, path, isEmpty, onAdd }: AddProps) {
  const [isOpen, setIsOpen] = useState(false);
  usePageKeys(path === "" ? { n: () => setIsOpen(true) } : {});
  const kinds = kindsFor(entity).filter(
    ([type]) => mayGoDeeper(path) || (type !== "branch" && type !== "split"),
  );
  const groups = [...new Set(kinds.map(([, { group }]) => group))];
  return (
    <Menu opened={isOpen} onChange={setIsOpen} width={256} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.add}>
          <IconPlus size="0.875rem" aria-hidden />
          {path === ""
            ? t("Add an action")
            : isEmpty
              ? t("No actions yet: add an action at {path}", { path: sayStep(path) })
              : t("Add an action at {path}", { path: sayStep(path) })}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.kinds}>
        {groups.map((group) => (
          <Fragment key={group}>
            <Menu.Label>{group}</Menu.Label>
            {kinds
              .filter(([, kind]) => kind.group === group)
              .map(([type, { name, icon: Icon }]) => (
                <Menu.Item
                  key={type}
                  leftSection={<Icon size="1rem" stroke={1.75} aria-hidden />}
                  onClick={() => onAdd(type)}
                >
                  {name}
                </Menu.Item>
              ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
