import { Menu } from "@mantine/core";
import { IconDots, IconSearch } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";
import { countsOf, useWaiting } from "../pages/insight/home/waiting.ts";
import classes from "./BottomBar.module.css";
import type { NavigationEntry } from "./place.ts";
import { PLACES, SETTINGS } from "./places.ts";

const AT_HAND = perLanguage(() => PLACES.filter(({ onPhone }) => onPhone)); // five in all, and a thumb reaches no more
const ELSEWHERE = perLanguage(() => [...PLACES.filter(({ onPhone }) => !onPhone), SETTINGS]);

/** The rail, where there is no room for one. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const counts = countsOf(useWaiting().data);
  return (
    <nav aria-label={t("Main")} className={classes.bar}>
      {AT_HAND.map(({ path, name, icon: Icon }) => {
        const waiting = counts[path] ?? 0;
        return (
          <Link key={path} to={path} activeOptions={{ exact: path === "/" }} className={classes.item}>
            <span className={classes.icon}>
              <Icon size="1.25rem" stroke={1.75} aria-hidden />
              {waiting > 0 && (
                <span className={classes.count}>
                  {waiting > 99 ? "99+" : waiting}
                  <span className={classes.said}> {t("waiting,")} </span>
                </span>
              )}
            </span>
            {name}
          </Link>
        );
      })}
      <button type="button" className={classes.item} onClick={onSearch}>
        <IconSearch size="1.25rem" stroke={1.75} aria-hidden />
        {t("Search")}
      </button>
      <More />
    </nav>
  );
}

function More() {
  const navigate = useNavigate();
  const go = ({ path }: Pick<NavigationEntry, "path">) => void navigate({ to: path });
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.item}>
          <IconDots size="1.25rem" stroke={1.75} aria-hidden />
          {t("More")}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {ELSEWHERE.map((place) => (
          <Menu.Item
            key={place.path}
            leftSection={<place.icon size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => go(place)}
          >
            {place.name}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => go({ path: "/settings/profile" })}>{t("Your profile")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
