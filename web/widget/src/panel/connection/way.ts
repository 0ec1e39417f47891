import type { ClientFrame, Hello, Refusal, ServerFrame } from "../protocol";

/** What a way to the server tells. After `lost` it says nothing more. */
export interface Heard {
  frame: (frame: ServerFrame) => void;
  lost: () => void;
}
/** An open way to the server. */
export interface Way {
  send: (frame: ClientFrame) => void;
  /** Finds out soon whether the other side is still there. */
  probe: () => void;
  close: () => void;
}
/** The greeting is asked for each time it is sent: it tells what the panel has by then. */
export type OpenWay = (hello: () => Hello, heard: Heard) => Way;

/** What a problem document (RFC 9457) says, as far as it is one. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  const problem = (await answer.json().catch(() => ({}))) as Partial<Refusal>;
  const seconds = Number(answer.headers.get("retry-after") ?? Number.NaN);
  const passing = answer.status >= 500 || answer.status === 429 ? 5 : null;
  return {
    code: problem.code ?? String(answer.status),
    title: problem.title ?? answer.statusText,
    detail: problem.detail ?? null,
    hint: problem.hint ?? null,
    retry_after: problem.retry_after ?? (Number.isFinite(seconds) ? seconds : passing),
  };
}
