/** Where somebody was with the bot, kept by this tab: it goes on after a reload, and what was typed is not lost. */
export interface Kept { conversation?: string; open?: boolean; draft?: string }

const key = (user: string) => `parley.ask ${user}`;

export function readKept(user: string): Kept {
  try {
    return JSON.parse(sessionStorage.getItem(key(user)) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

export function keep(user: string, change: Kept) {
  try {
    sessionStorage.setItem(key(user), JSON.stringify({ ...readKept(user), ...change }));
  } catch {
    // A full store keeps nothing; what is on the screen stays there.
  }
}
