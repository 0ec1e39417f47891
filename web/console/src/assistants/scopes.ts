import type { AssistantTranslate } from "./texts";

export const allScopes = ["crm:read", "crm:write", "crm:delete", "crm:send", "crm:admin"] as const;
export type Scope = (typeof allScopes)[number];

/** What scopes allow, in words. */
export const scopesText = (scopes: string[], t: AssistantTranslate) => allScopes.filter((scope) => scopes.includes(scope)).map((scope) => t(`scope.${scope}`)).join(", ");
