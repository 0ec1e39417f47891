import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { Problem } from "./api/client";
import { schemaQuery } from "./api/schema";
import { meQuery } from "./api/session";
import { isTab, type Tab } from "./inbox/tabs";
import { queryClient } from "./queryClient";
import { listSearch } from "./records/useListState";
import { NotFound } from "./ui/NotFound";
import { PageProblem } from "./ui/PageProblem";
import { Waiting } from "./ui/Waiting";

/** To add a page: write its file in `routes/` and name it here; each is loaded when first opened. */

/** A record's first values in an address. */
const valuesIn = (values: unknown) => (typeof values === "object" && values !== null ? (values as Record<string, unknown>) : undefined);

const root = createRootRouteWithContext<{ client: QueryClient }>()({ notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root, path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string } => (typeof search.to === "string" ? { to: search.to } : {}),
  component: lazyRouteComponent(() => import("./routes/SignInPage"), "SignInPage"),
});
const setUp = createRoute({ getParentRoute: () => root, path: "/set-up", component: lazyRouteComponent(() => import("./routes/SetUpPage"), "SetUpPage") });

const app = createRoute({
  getParentRoute: () => root, id: "app",
  beforeLoad: async ({ context: { client }, location }) => {
    try {
      await client.query({ ...meQuery, staleTime: "static" });
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw redirect({ to: "/sign-in", search: location.pathname === "/" ? {} : { to: location.href } });
      throw error;
    }
    await client.query({ ...schemaQuery, staleTime: "static" });
  },
  component: lazyRouteComponent(() => import("./shell/Shell"), "Shell"),
});

const home = createRoute({ getParentRoute: () => app, path: "/", component: lazyRouteComponent(() => import("./routes/HomePage"), "HomePage") });
const search = createRoute({
  getParentRoute: () => app, path: "/search",
  validateSearch: ({ q, object }: Record<string, unknown>): { q?: string; object?: string } => ({ q: typeof q === "string" || typeof q === "number" ? String(q) : undefined, object: typeof object === "string" ? object : undefined }),
  component: lazyRouteComponent(() => import("./routes/SearchPage"), "SearchPage"),
});
const settings = createRoute({ getParentRoute: () => app, path: "/settings", component: lazyRouteComponent(() => import("./routes/SettingsPage"), "SettingsPage") });

const inbox = createRoute({
  getParentRoute: () => app, path: "/inbox",
  validateSearch: ({ tab, id }: Record<string, unknown>): { tab?: Tab; id?: string } => ({ tab: isTab(tab) ? tab : undefined, id: typeof id === "string" ? id : undefined }),
  component: lazyRouteComponent(() => import("./routes/InboxPage"), "InboxPage"),
});

const articleNew = createRoute({
  getParentRoute: () => app, path: "/articles/new",
  validateSearch: ({ values }: Record<string, unknown>): { values?: Record<string, unknown> } => ({ values: valuesIn(values) }),
  component: lazyRouteComponent(() => import("./routes/ArticleNewPage"), "ArticleNewPage"),
});
const article = createRoute({ getParentRoute: () => app, path: "/articles/$id", component: lazyRouteComponent(() => import("./routes/ArticlePage"), "ArticlePage") });
const knowledge = createRoute({
  getParentRoute: () => app, path: "/knowledge",
  validateSearch: ({ days }: Record<string, unknown>): { days?: number } => ({ days: Number(days) || undefined }),
  component: lazyRouteComponent(() => import("./routes/KnowledgePage"), "KnowledgePage"),
});
const intents = createRoute({
  getParentRoute: () => app, path: "/intents",
  validateSearch: ({ open, question }: Record<string, unknown>): { open?: string; question?: string } => ({ open: typeof open === "string" ? open : undefined, question: typeof question === "string" ? question : undefined }),
  component: lazyRouteComponent(() => import("./routes/IntentsPage"), "IntentsPage"),
});

const list = createRoute({ getParentRoute: () => app, path: "/records/$object", validateSearch: listSearch, component: lazyRouteComponent(() => import("./routes/RecordListPage"), "RecordListPage") });
const board = createRoute({ getParentRoute: () => app, path: "/records/$object/board", validateSearch: listSearch, component: lazyRouteComponent(() => import("./routes/BoardPage"), "BoardPage") });
const create = createRoute({
  getParentRoute: () => app, path: "/records/$object/new",
  validateSearch: ({ values, names }: Record<string, unknown>): { values?: Record<string, unknown>; names?: Record<string, string> } => ({
    values: valuesIn(values),
    names: typeof names === "object" && names !== null ? (names as Record<string, string>) : undefined,
  }),
  // Articles have an editor of their own, wherever one comes from.
  beforeLoad: ({ params, search: { values } }) => { if (params.object === "article") throw redirect({ to: "/articles/new", search: { values }, replace: true }); },
  component: lazyRouteComponent(() => import("./routes/RecordNewPage"), "RecordNewPage"),
});
const record = createRoute({ getParentRoute: () => app, path: "/records/$object/$id", component: lazyRouteComponent(() => import("./routes/RecordPage"), "RecordPage") });
const edit = createRoute({
  getParentRoute: () => app, path: "/records/$object/$id/edit",
  beforeLoad: ({ params }) => { if (params.object === "article") throw redirect({ to: "/articles/$id", params: { id: params.id }, replace: true }); },
  component: lazyRouteComponent(() => import("./routes/RecordEditPage"), "RecordEditPage"),
});

const objects = createRoute({ getParentRoute: () => app, path: "/admin/objects", component: lazyRouteComponent(() => import("./routes/ObjectsPage"), "ObjectsPage") });
const object = createRoute({ getParentRoute: () => app, path: "/admin/objects/$object", component: lazyRouteComponent(() => import("./routes/ObjectPage"), "ObjectPage") });
const keys = createRoute({ getParentRoute: () => app, path: "/admin/api-keys", component: lazyRouteComponent(() => import("./routes/ApiKeysPage"), "ApiKeysPage") });
const assistants = createRoute({ getParentRoute: () => app, path: "/assistants", component: lazyRouteComponent(() => import("./routes/AssistantsPage"), "AssistantsPage") });
const audit = createRoute({
  getParentRoute: () => app, path: "/admin/audit",
  validateSearch: ({ object: of, by, kind, record_id }: Record<string, unknown>): { object?: string; by?: string; kind?: string; record_id?: string } => {
    const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);
    return { object: text(of), by: text(by), kind: text(kind), record_id: text(record_id) };
  },
  component: lazyRouteComponent(() => import("./routes/AuditPage"), "AuditPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, setUp, app.addChildren([home, inbox, articleNew, article, knowledge, intents, search, settings, list, board, create, record, edit, objects, object, keys, assistants, audit])]),
  context: { client: queryClient },
  defaultPreload: "intent",
  defaultErrorComponent: PageProblem,
  defaultPendingComponent: () => <Waiting lines={8} />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register { router: typeof router }
}
