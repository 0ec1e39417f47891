import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Hello, Ready, ServerFrame } from "../protocol";
import { delayAfter } from "./backoff";
import { Connection, type Status } from "./connection";
import type { Heard, OpenWay } from "./way";

const hello: Hello = { type: "hello", widget: "w", token: null, identity: null, page: "https://a.example", language: "en", after: 0 };
const ready: Ready = {
  type: "ready", token: "pv_1", widget: { name: "A", colour: "#000000", welcome: "" }, visitor: { name: null, email: null, verified: false },
  conversation: null, messages: [], agent_read: 0, limits: { text: 1, file_bytes: 1, file_types: [] },
};
const refused = (retry_after: number | null): ServerFrame => ({ type: "refused", id: null, code: "x", title: "No", detail: null, hint: null, retry_after });

/** A connection whose server is the test; `ways` are those that were opened, the last one is the present. */
function connection() {
  const ways: { kind: "socket" | "exchange"; heard: Heard; closed: boolean; probed: boolean }[] = [];
  const statuses: Status[] = [];
  const way = (kind: "socket" | "exchange"): OpenWay => (_, heard) => {
    const opened = { kind, heard, closed: false, probed: false };
    ways.push(opened);
    return { send: () => undefined, probe: () => { opened.probed = true; }, close: () => { opened.closed = true; } };
  };
  const made = new Connection({ socket: way("socket"), exchange: way("exchange") }, () => hello, { frame: () => undefined, status: (status) => statuses.push(status) });
  const present = () => {
    const last = ways.at(-1);
    if (!last) throw new Error("nothing was opened");
    return last;
  };
  made.connect();
  return {
    made, ways, statuses, present,
    becomesReady: () => present().heard.frame(ready),
    isLost: () => present().heard.lost(),
    kinds: () => ways.map(({ kind }) => kind),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the time between two tries", () => {
  it("doubles from half a second to half a minute", () => {
    expect([0, 1, 2, 5, 6, 50].map((failures) => delayAfter(failures, 1))).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
  });
  it("is jittered down to its half", () => expect(delayAfter(3, 0)).toBe(2000));
});

describe("a lost connection", () => {
  it("is sought again after the time", () => {
    const { ways, becomesReady, isLost, statuses } = connection();
    becomesReady();
    isLost();
    vi.advanceTimersByTime(499);
    expect(ways).toHaveLength(1);
    vi.advanceTimersByTime(2);
    expect(ways).toHaveLength(2);
    expect(statuses).toEqual(["connecting", "ready", "lost", "connecting"]);
  });
  it("is sought at once when the network is back", () => {
    const { made, ways, becomesReady, isLost } = connection();
    becomesReady();
    isLost();
    made.nudge();
    vi.advanceTimersByTime(60_000);
    expect(ways).toHaveLength(2);
  });
  it("is waited for longer when the new one does not last either", () => {
    const { ways, becomesReady, isLost } = connection();
    for (const delay of [500, 1000, 2000]) {
      becomesReady();
      isLost();
      const before = ways.length;
      vi.advanceTimersByTime(delay - 1);
      expect(ways).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(ways).toHaveLength(before + 1);
    }
  });
  it("is sought soon again after one that lasted", () => {
    const { ways, becomesReady, isLost } = connection();
    isLost();
    vi.advanceTimersByTime(500);
    becomesReady();
    vi.advanceTimersByTime(11_000);
    isLost();
    vi.advanceTimersByTime(500);
    expect(ways).toHaveLength(3);
  });
});

describe("where sockets are blocked", () => {
  it("the way round is taken after two failures", () => {
    const { isLost, kinds } = connection();
    isLost();
    vi.advanceTimersByTime(500);
    isLost();
    vi.advanceTimersByTime(1000);
    expect(kinds()).toEqual(["socket", "socket", "exchange"]);
  });
  it("it is not taken where a socket worked before", () => {
    const { becomesReady, isLost, kinds } = connection();
    becomesReady();
    for (let failures = 0; failures < 4; failures += 1) {
      isLost();
      vi.advanceTimersByTime(30_000);
    }
    expect(new Set(kinds())).toEqual(new Set(["socket"]));
  });
  it("a socket is tried again where the way round leads nowhere", () => {
    const { isLost, kinds } = connection();
    for (let failures = 0; failures < 4; failures += 1) {
      isLost();
      vi.advanceTimersByTime(30_000);
    }
    expect(kinds()).toEqual(["socket", "socket", "exchange", "socket", "exchange"]);
  });
});

describe("a server that refuses", () => {
  it("is left alone", () => {
    const { made, ways, present, isLost } = connection();
    present().heard.frame(refused(null));
    isLost();
    vi.advanceTimersByTime(600_000);
    expect(ways).toHaveLength(1);
    expect(made.status).toBe("refused");
    expect(made.refusal?.title).toBe("No");
  });
  it("is asked again when the person wants it", () => {
    const { made, present, isLost, becomesReady } = connection();
    present().heard.frame(refused(null));
    isLost();
    made.connect();
    becomesReady();
    expect(made.status).toBe("ready");
    expect(made.refusal).toBeNull();
  });
  it("is given the time that it asks for", () => {
    const { ways, present, isLost } = connection();
    present().heard.frame(refused(20));
    isLost();
    vi.advanceTimersByTime(19_000);
    expect(ways).toHaveLength(1);
    vi.advanceTimersByTime(2_000);
    expect(ways).toHaveLength(2);
  });
});

it("a connection in use is probed when somebody looks again", () => {
  const { made, becomesReady, present, ways } = connection();
  becomesReady();
  made.nudge();
  expect(present().probed).toBe(true);
  expect(ways).toHaveLength(1);
});
it("an old connection is closed before a new one is sought", () => {
  const { made, becomesReady, ways } = connection();
  becomesReady();
  made.reconnect();
  vi.advanceTimersByTime(500);
  expect(ways.map(({ closed }) => closed)).toEqual([true, false]);
});
