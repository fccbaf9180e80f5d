import { Outlet } from "@tanstack/react-router";
import classes from "./SettingsPage.module.css";
import { SettingsPlaces } from "./SettingsPlaces.tsx";

/** Settings' own list of places beside whichever is open. */
export function SettingsPage() {
  return (
    <div className={classes.settings}>
      <SettingsPlaces />
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}
