// The pages of a working day.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { contactsSource } from "../pages/contacts/source.ts";
import { firstPageOf } from "../parts/records/useWindowed.ts";
import { queries } from "../session.ts";
import { frame } from "./root.tsx";

const home = createRoute({
  getParentRoute: () => frame,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/home/HomePage.tsx"), "HomePage"),
});

const sequences = createRoute({
  getParentRoute: () => frame,
  path: "/sequences",
  component: lazyRouteComponent(() => import("../pages/sequences/SequenceList.tsx"), "SequenceList"),
});

const sequence = createRoute({
  getParentRoute: () => frame,
  path: "/sequences/$id",
  component: lazyRouteComponent(() => import("../pages/sequences/SequencePage.tsx"), "SequencePage"),
});

const workflows = createRoute({
  getParentRoute: () => frame,
  path: "/workflows",
  component: lazyRouteComponent(() => import("../pages/workflows/WorkflowList.tsx"), "WorkflowList"),
});

const workflow = createRoute({
  getParentRoute: () => frame,
  path: "/workflows/$id",
  component: lazyRouteComponent(() => import("../pages/workflows/WorkflowPage.tsx"), "WorkflowPage"),
});

const prospects = createRoute({
  getParentRoute: () => frame,
  path: "/prospects",
  component: lazyRouteComponent(() => import("../pages/prospects/ProspectsPage.tsx"), "ProspectsPage"),
});

const prospectCompany = createRoute({
  getParentRoute: () => frame,
  path: "/prospects/companies/$id",
  component: lazyRouteComponent(() => import("../pages/prospects/OrganizationPage.tsx"), "OrganizationPage"),
});

const contacts = createRoute({
  getParentRoute: () => frame,
  path: "/contacts",
  // Asked while the page's code is on its way; before what its filters are about, which can wait.
  loader: ({ location }) => {
    if (Object.keys(location.search).length === 0)
      void queries.prefetchQuery(firstPageOf(contactsSource({}, null)));
  },
  component: lazyRouteComponent(() => import("../pages/contacts/ContactList.tsx"), "ContactList"),
});

const contact = createRoute({
  getParentRoute: () => frame,
  path: "/contacts/$id",
  component: lazyRouteComponent(() => import("../pages/contacts/ContactPage.tsx"), "ContactPage"),
});

const companies = createRoute({
  getParentRoute: () => frame,
  path: "/companies",
  component: lazyRouteComponent(() => import("../pages/companies/CompanyList.tsx"), "CompanyList"),
});

const company = createRoute({
  getParentRoute: () => frame,
  path: "/companies/$id",
  component: lazyRouteComponent(() => import("../pages/companies/CompanyPage.tsx"), "CompanyPage"),
});

const lists = createRoute({
  getParentRoute: () => frame,
  path: "/lists",
  component: lazyRouteComponent(() => import("../pages/lists/ListsPage.tsx"), "ListsPage"),
});

const list = createRoute({
  getParentRoute: () => frame,
  path: "/lists/$id",
  component: lazyRouteComponent(() => import("../pages/lists/ListPage.tsx"), "ListPage"),
});

const imports = createRoute({
  getParentRoute: () => frame,
  path: "/imports",
  component: lazyRouteComponent(() => import("../pages/imports/ImportPage.tsx"), "ImportPage"),
});

const imported = createRoute({
  getParentRoute: () => frame,
  path: "/imports/$id",
  component: lazyRouteComponent(() => import("../pages/imports/ImportedPage.tsx"), "ImportedPage"),
});

const tasks = createRoute({
  getParentRoute: () => frame,
  path: "/tasks",
  component: lazyRouteComponent(() => import("../pages/tasks/TasksPage.tsx"), "TasksPage"),
});

const inbox = createRoute({
  getParentRoute: () => frame,
  path: "/inbox",
  component: lazyRouteComponent(() => import("../pages/inbox/InboxPage.tsx"), "InboxPage"),
});

const outbox = createRoute({
  getParentRoute: () => frame,
  path: "/outbox",
  component: lazyRouteComponent(() => import("../pages/outbox/OutboxPage.tsx"), "OutboxPage"),
});

const forecast = createRoute({
  getParentRoute: () => frame,
  path: "/forecast",
  component: lazyRouteComponent(() => import("../pages/forecast/ForecastPage.tsx"), "ForecastPage"),
});

const reports = createRoute({
  getParentRoute: () => frame,
  path: "/reports",
  component: lazyRouteComponent(() => import("../pages/reports/ReportsPage.tsx"), "ReportsPage"),
});

const deals = createRoute({
  getParentRoute: () => frame,
  path: "/deals",
  component: lazyRouteComponent(() => import("../pages/deals/DealsPage.tsx"), "DealsPage"),
});

const copilots = createRoute({
  getParentRoute: () => frame,
  path: "/copilots",
  component: lazyRouteComponent(() => import("../pages/copilots/CopilotsPage.tsx"), "CopilotsPage"),
});

export const pages = [
  home,
  sequences,
  sequence,
  workflows,
  workflow,
  prospects,
  prospectCompany,
  contacts,
  contact,
  companies,
  company,
  lists,
  list,
  imports,
  imported,
  tasks,
  inbox,
  deals,
  outbox,
  forecast,
  copilots,
  reports,
];
