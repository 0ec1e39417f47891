import { describe, expect, it } from "vitest";
import { isoOf, parseDuration, secondsOf } from "./duration";
import { makeFormat } from "./format";
import { parseDecimal, typedDecimal } from "./number";
import { instantOf, today, wallClock } from "./zone";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("numbers are read the person's way", () => {
  it.each([
    ["1,250.50", "en", "1250.50"], ["1.250,50", "de", "1250.50"], ["1250,5", "de", "1250.5"], ["12.50", "de", "12.50"], ["1.250", "de", "1250"],
    ["-7", "en", "-7"], ["+7", "en", "7"], ["1 250,50", "fr", "1250.50"], ["1'250.50", "de-CH", "1250.50"], ["12,34,567", "en-IN", "1234567"], [".5", "en", "0.5"],
  ])("%s in %s is %s", (text, language, value) => expect(parseDecimal(text, language)).toBe(value));
  it.each([["abc", "en"], ["1,2,3", "en"], ["1.2.3", "en"], ["", "en"], ["12,50", "en"]])("%s in %s is none", (text, language) => expect(parseDecimal(text, language)).toBeNull());
  it("and typed back", () => expect(typedDecimal("1250.50", "de")).toBe("1250,50"));
  it("without losing digits", () => expect(parseDecimal("12345678901234567890.12", "en")).toBe("12345678901234567890.12"));
});

describe("values are shown the person's way", () => {
  const english = makeFormat("en", "America/New_York");
  const german = makeFormat("de", "Europe/Berlin");
  it("money", () => {
    expect(plain(german.money({ amount: "1250.00", currency: "EUR" }, "USD"))).toBe("1.250,00 €");
    expect(english.money("1250", "USD")).toBe("$1,250.00");
    expect(english.money({ amount: "5", currency: "??" }, "USD")).toBe("5 ??");
    expect(english.money({ amount: "12345678901234567890.12", currency: "USD" }, "USD")).toBe("$12,345,678,901,234,567,890.12");
  });
  it("per cent as whole numbers of hundredths", () => expect(english.percent(75)).toBe("75%"));
  it("a day stays that day in every zone", () => expect(english.date("2017-03-01")).toBe("Mar 1, 2017"));
  it("an instant in the person's zone", () => expect(plain(german.dateTime("2017-03-01T23:30:00Z"))).toBe("02.03.2017, 00:30"));
  it("durations", () => expect(english.duration("PT1H30M")).toBe("1 hr 30 min"));
  it("how long ago", () => {
    const now = new Date("2017-03-01T12:00:00Z");
    expect(english.ago("2017-03-01T11:57:00Z", now)).toBe("3 minutes ago");
    expect(english.ago("2017-02-28T12:00:00Z", now)).toBe("yesterday");
    expect(english.ago("2016-03-01T12:00:00Z", now)).toContain("2016");
  });
  it("what is no value of its kind is shown as it is", () => expect([english.money("n/a", "USD"), english.date("soon"), english.number("x")]).toEqual(["n/a", "soon", "x"]));
});

describe("durations are read as people write them", () => {
  it.each([["1:30", 5400], ["90", 5400], ["1h 30m", 5400], ["1.5 h", 5400], ["1,5 Std", 5400], ["45 min", 2700], ["PT1H30M", 5400], ["2d", 172_800], ["soon", null]])("%s", (text, seconds) => expect(parseDuration(text)).toBe(seconds));
  it("and written as ISO 8601", () => expect([isoOf(5400), isoOf(0), secondsOf(isoOf(3661))]).toEqual(["PT1H30M", "PT0S", 3661]));
});

describe("wall-clock time in a zone", () => {
  it.each(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"])("%s and back", (zone) => {
    for (const wall of ["2017-03-01T09:30", "2017-07-15T23:59", "2017-12-31T00:00"]) expect(wallClock(instantOf(wall, zone) ?? new Date(0), zone)).toBe(wall);
  });
  it("a time skipped in spring moves on by the gap", () => expect(instantOf("2017-03-26T02:30", "Europe/Berlin")?.toISOString()).toBe("2017-03-26T01:30:00.000Z"));
  it("a time repeated in autumn is its first", () => expect(instantOf("2017-10-29T02:30", "Europe/Berlin")?.toISOString()).toBe("2017-10-29T00:30:00.000Z"));
  it("what is no time is none", () => expect(instantOf("soon", "UTC")).toBeNull());
  it("today depends on the zone", () => expect([today("Asia/Tokyo", new Date("2017-03-01T20:00:00Z")), today("UTC", new Date("2017-03-01T20:00:00Z"))]).toEqual(["2017-03-02", "2017-03-01"]));
});
