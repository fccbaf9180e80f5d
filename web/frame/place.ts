import type { TablerIcon } from "@tabler/icons-react";

export type NavigationEntry = {
  path:
    | "/"
    | "/sequences"
    | "/sequences/import"
    | "/workflows"
    | "/workflows/new"
    | "/contacts"
    | "/imports"
    | "/prospects"
    | "/companies"
    | "/lists"
    | "/tasks"
    | "/inbox"
    | "/deals"
    | "/outbox"
    | "/forecast"
    | "/copilots"
    | "/reports"
    | "/settings"
    | "/settings/team"
    | "/settings/people"
    | "/settings/mailboxes"
    | "/settings/mailbox-sign-in"
    | "/settings/catcher"
    | "/settings/schedules"
    | "/settings/rulesets"
    | "/settings/templates"
    | "/settings/stages"
    | "/settings/fields"
    | "/settings/score"
    | "/settings/suppressions"
    | "/settings/keys"
    | "/settings/apps"
    | "/settings/sql"
    | "/settings/webhooks"
    | "/settings/usage"
    | "/settings/installation"
    | "/settings/data"
    | "/settings/moving"
    | "/settings/personal-data"
    | "/settings/model"
    | "/settings/history"
    | "/settings/profile"
    | "/settings/appearance";
  name: string;
  /** Pressed after G. */
  letter?: string;
  icon: TablerIcon;
  /** Other words that a user might type to find it. */
  also?: readonly string[];
  adminOnly?: true;
  /** Among the few that a phone has room for at its foot. */
  onPhone?: true;
};
