/** What the loader on the host's page and the panel in the frame tell each other. Both check where a message is from. */

export type ToFrame =
  | { type: "start"; token: string | null; identity: string | null; page: string; open: boolean }
  | { type: "shown"; open: boolean; focus: boolean }
  | { type: "identify"; identity: string }
  | { type: "forget" };

export type ToHost =
  | { type: "token"; token: string }
  | { type: "colour"; colour: string }
  | { type: "unread"; count: number }
  | { type: "close" }
  | { type: "forgotten" };

/** Host pages hear many messages; ours have this around them. */
export const sealed = (message: ToFrame | ToHost) => ({ parley: message });

export const unsealedToFrame = (data: unknown) => unsealed(data) as ToFrame | null;
export const unsealedToHost = (data: unknown) => unsealed(data) as ToHost | null;

function unsealed(data: unknown): object | null {
  if (typeof data !== "object" || data === null || !("parley" in data)) return null;
  const message = data.parley;
  return typeof message === "object" && message !== null && "type" in message ? message : null;
}
