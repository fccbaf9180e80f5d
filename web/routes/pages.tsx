// The pages of a working day.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { contactsSource } from "../pages/contacts/contacts/source.ts";
import { firstPageOf } from "../parts/records/useWindowed.ts";
import { queries } from "../session.ts";
import { frame } from "./root.tsx";

const home = createRoute({
  getParentRoute: () => frame,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/insight/home/HomePage.tsx"), "HomePage"),
});

const sequences = createRoute({
  getParentRoute: () => frame,
  path: "/sequences",
  component: lazyRouteComponent(
    () => import("../pages/sequences/sequences/SequenceList.tsx"),
    "SequenceList",
  ),
});

const importedSequences = createRoute({
  getParentRoute: () => frame,
  path: "/sequences/import",
  component: lazyRouteComponent(
    () => import("../pages/sequences/sequence-files/ImportFilesPage.tsx"),
    "ImportFilesPage",
  ),
});

const sequence = createRoute({
  getParentRoute: () => frame,
  path: "/sequences/$id",
  component: lazyRouteComponent(
    () => import("../pages/sequences/sequences/SequencePage.tsx"),
    "SequencePage",
  ),
});

const workflows = createRoute({
  getParentRoute: () => frame,
  path: "/workflows",
  component: lazyRouteComponent(
    () => import("../pages/automation/workflows/WorkflowList.tsx"),
    "WorkflowList",
  ),
});

const newWorkflow = createRoute({
  getParentRoute: () => frame,
  path: "/workflows/new",
  component: lazyRouteComponent(
    () => import("../pages/automation/workflows/NewWorkflowPage.tsx"),
    "NewWorkflowPage",
  ),
});

const workflow = createRoute({
  getParentRoute: () => frame,
  path: "/workflows/$id",
  component: lazyRouteComponent(
    () => import("../pages/automation/workflows/WorkflowPage.tsx"),
    "WorkflowPage",
  ),
});

const prospects = createRoute({
  getParentRoute: () => frame,
  path: "/prospects",
  component: lazyRouteComponent(
    () => import("../pages/contacts/prospects/ProspectsPage.tsx"),
    "ProspectsPage",
  ),
});

const prospectCompany = createRoute({
  getParentRoute: () => frame,
  path: "/prospects/companies/$id",
  component: lazyRouteComponent(
    () => import("../pages/contacts/prospects/OrganizationPage.tsx"),
    "OrganizationPage",
  ),
});

const contacts = createRoute({
  getParentRoute: () => frame,
  path: "/contacts",
  // Asked while the page's code is on its way; before what its filters are about, which can wait.
  loader: ({ location }) => {
    if (Object.keys(location.search).length === 0)
      void queries.prefetchQuery(firstPageOf(contactsSource({}, null)));
  },
  component: lazyRouteComponent(() => import("../pages/contacts/contacts/ContactList.tsx"), "ContactList"),
});

const contact = createRoute({
  getParentRoute: () => frame,
  path: "/contacts/$id",
  component: lazyRouteComponent(() => import("../pages/contacts/contacts/ContactPage.tsx"), "ContactPage"),
});

const companies = createRoute({
  getParentRoute: () => frame,
  path: "/companies",
  component: lazyRouteComponent(() => import("../pages/contacts/companies/CompanyList.tsx"), "CompanyList"),
});

const company = createRoute({
  getParentRoute: () => frame,
  path: "/companies/$id",
  component: lazyRouteComponent(() => import("../pages/contacts/companies/CompanyPage.tsx"), "CompanyPage"),
});

const lists = createRoute({
  getParentRoute: () => frame,
  path: "/lists",
  component: lazyRouteComponent(() => import("../pages/contacts/lists/ListsPage.tsx"), "ListsPage"),
});

const list = createRoute({
  getParentRoute: () => frame,
  path: "/lists/$id",
  component: lazyRouteComponent(() => import("../pages/contacts/lists/ListPage.tsx"), "ListPage"),
});

const imports = createRoute({
  getParentRoute: () => frame,
  path: "/imports",
  component: lazyRouteComponent(() => import("../pages/contacts/imports/ImportPage.tsx"), "ImportPage"),
});

const imported = createRoute({
  getParentRoute: () => frame,
  path: "/imports/$id",
  component: lazyRouteComponent(() => import("../pages/contacts/imports/ImportedPage.tsx"), "ImportedPage"),
});

const tasks = createRoute({
  getParentRoute: () => frame,
  path: "/tasks",
  component: lazyRouteComponent(() => import("../pages/work/tasks/TasksPage.tsx"), "TasksPage"),
});

const inbox = createRoute({
  getParentRoute: () => frame,
  path: "/inbox",
  component: lazyRouteComponent(() => import("../pages/mail/inbox/InboxPage.tsx"), "InboxPage"),
});

const outbox = createRoute({
  getParentRoute: () => frame,
  path: "/outbox",
  component: lazyRouteComponent(() => import("../pages/mail/outbox/OutboxPage.tsx"), "OutboxPage"),
});

const forecast = createRoute({
  getParentRoute: () => frame,
  path: "/forecast",
  component: lazyRouteComponent(() => import("../pages/sequences/forecast/ForecastPage.tsx"), "ForecastPage"),
});

const reports = createRoute({
  getParentRoute: () => frame,
  path: "/reports",
  component: lazyRouteComponent(() => import("../pages/insight/reports/ReportsPage.tsx"), "ReportsPage"),
});

const deals = createRoute({
  getParentRoute: () => frame,
  path: "/deals",
  component: lazyRouteComponent(() => import("../pages/work/deals/DealsPage.tsx"), "DealsPage"),
});

const deal = createRoute({
  getParentRoute: () => frame,
  path: "/deals/$id",
  component: lazyRouteComponent(() => import("../pages/work/deals/DealPage.tsx"), "DealPage"),
});

const copilots = createRoute({
  getParentRoute: () => frame,
  path: "/copilots",
  component: lazyRouteComponent(
    () => import("../pages/automation/copilots/CopilotsPage.tsx"),
    "CopilotsPage",
  ),
});

export const pages = [
  home,
  sequences,
  importedSequences,
  sequence,
  workflows,
  newWorkflow,
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
  deal,
  outbox,
  forecast,
  copilots,
  reports,
];
