/** What was written and not saved, kept by this browser: a reload, a crash or a lost session takes no words away. */

export interface Draft { values: Record<string, unknown>; at: string; /** Of the article when the writing began. */ version?: number }

const key = (user: string, article: string) => `parley.article.draft ${user} ${article}`;

export function readDraft(user: string, article: string): Draft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key(user, article)) ?? "null") as Partial<Draft> | null;
    return kept?.values && kept.at ? { values: kept.values, at: kept.at, version: kept.version } : null;
  } catch {
    return null;
  }
}

/** Whether it could be kept. */
export function writeDraft(user: string, article: string, draft: Draft): boolean {
  try {
    localStorage.setItem(key(user, article), JSON.stringify(draft));
    return true;
  } catch {
    return false; // A full store keeps no drafts; what is on the screen stays there.
  }
}

export function dropDraft(user: string, article: string) {
  try {
    localStorage.removeItem(key(user, article));
  } catch {
    // Nothing could be kept either.
  }
}
