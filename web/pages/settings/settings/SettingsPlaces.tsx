import { IconChevronDown } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { NavigationEntry } from "../../../frame/place.ts";
import { SETTINGS_GROUPS, type SettingsGroup } from "../../../frame/settings-places.ts";
import { t } from "../../../language/t.ts";
import { useIsAdmin } from "../../../session.ts";
import classes from "./SettingsPlaces.module.css";

/** All that one may set, in groups; on a phone one line that says where one is, and unfolds. Arrows go from one to the next. */
export function SettingsPlaces() {
  const places = useRef<HTMLElement>(null);
  const unfold = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const fold = () => setOpen(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && isOpen) {
      fold();
      unfold.current?.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(places.current, event.key === "ArrowDown" ? 1 : -1);
    }
  };
  return (
    <nav ref={places} aria-label={t("Settings")} className={classes.places}>
      <button
        ref={unfold}
        type="button"
        className={classes.unfold}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={onKeyDown}
      >
        <Here />
        <IconChevronDown size="1rem" stroke={1.75} aria-hidden />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links in it take the keys, this hears of them */}
      <div id={id} className={classes.groups} data-open={isOpen || undefined} onKeyDown={onKeyDown}>
        {SETTINGS_GROUPS.map((group) => (
          <Group key={group.name} {...group} onChosen={fold} />
        ))}
      </div>
    </nav>
  );
}

function Group({ name, places, onChosen }: SettingsGroup & { onChosen: () => void }) {
  const id = useId();
  const isAdmin = useIsAdmin();
  const own = places.filter(({ adminOnly }) => isAdmin || !adminOnly);
  if (own.length === 0) return null;
  return (
    <div>
      <p id={id} className={classes.group}>
        {name}
      </p>
      <ul aria-labelledby={id}>
        {own.map((place) => (
          <Item key={place.path} place={place} onChosen={onChosen} />
        ))}
      </ul>
    </div>
  );
}

function Item({ place: { path, name }, onChosen }: { place: NavigationEntry; onChosen: () => void }) {
  return (
    <li>
      <Link to={path} className={classes.item} onClick={onChosen}>
        {name}
      </Link>
    </li>
  );
}

function Here() {
  const { pathname } = useLocation();
  for (const { places } of SETTINGS_GROUPS) {
    const here = places.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
    if (here)
      return (
        <span>
          <span className="soft">{t("Settings:")} </span>
          {here.name}
        </span>
      );
  }
  return t("All settings");
}

function walk(places: HTMLElement | null, by: 1 | -1) {
  const links = [...(places?.querySelectorAll<HTMLElement>("a") ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}
