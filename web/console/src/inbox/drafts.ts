/** What was written and not sent, kept by this browser: an answer and a note apart, so that one never goes out as the other. */

export type Mode = "reply" | "note";
export interface Draft { mode: Mode; reply: string; note: string }

const empty: Draft = { mode: "reply", reply: "", note: "" };
const key = (user: string, conversation: string) => `parley.inbox.draft ${user} ${conversation}`;

export function readDraft(user: string, conversation: string): Draft {
  try {
    return { ...empty, ...(JSON.parse(localStorage.getItem(key(user, conversation)) ?? "{}") as Partial<Draft>) };
  } catch {
    return empty;
  }
}

export function writeDraft(user: string, conversation: string, draft: Draft) {
  try {
    if (draft.reply || draft.note) localStorage.setItem(key(user, conversation), JSON.stringify(draft));
    else localStorage.removeItem(key(user, conversation));
  } catch {
    // A full store keeps no drafts; what is on the screen stays there.
  }
}
