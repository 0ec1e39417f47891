import { describe, expect, it } from "vitest";
import { Order } from "./order";

function knowing(last: number): Order {
  const order = new Order();
  order.caughtUp(last);
  return order;
}

describe("messages are watched for holes", () => {
  it("the next one is new", () => expect(knowing(4).came(5)).toBe("new"));
  it("one that came before is known", () => expect(knowing(4).came(3)).toBe("known"));
  it("a hole is noticed, and the position stays before it", () => {
    const order = knowing(4);
    expect(order.came(6)).toBe("gap");
    expect(order.last).toBe(4);
  });
  it("what the visitor may not see is no hole", () => expect(knowing(4).came(7, 4)).toBe("new"));
  it("what the server tells at once after a greeting may have holes of its own", () => {
    const order = knowing(4);
    order.caughtUp(9);
    expect(order.came(10)).toBe("new");
  });
});

describe("the visitor's own messages are confirmed on a path of their own", () => {
  it("one that is next needs no echo", () => {
    const order = knowing(4);
    order.confirmed(5);
    expect(order.came(6)).toBe("new");
  });
  it("one ahead of an answer still under way is no hole", () => {
    const order = knowing(4);
    order.confirmed(6);
    expect(order.came(5)).toBe("new");
    expect(order.last).toBe(6);
    expect(order.came(6)).toBe("known");
  });
  it("what lies between is asked for again when a later message shows that it never came", () => {
    const order = knowing(4);
    order.confirmed(6);
    expect(order.came(7)).toBe("gap");
    expect(order.last).toBe(4);
  });
  it("what was told after a greeting closes the holes before it", () => {
    const order = knowing(4);
    order.confirmed(6);
    order.confirmed(9);
    order.caughtUp(8);
    expect(order.last).toBe(9);
  });
});

it("another visitor starts at the beginning", () => {
  const order = knowing(4);
  order.confirmed(6);
  order.reset();
  expect(order.came(1)).toBe("new");
  expect(order.last).toBe(1);
});
