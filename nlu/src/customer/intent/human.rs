//! Whether a person is wanted, in whatever words.

use crate::customer::Intent;
use crate::customer::concept::{Concept, Concepts};
use crate::customer::lexicon::Mark;
use crate::customer::reading::{Reading, padding};
use Concept::{
    Address, Angry, Announce, Asks, Bad, Bot, But, CallMe, Connect, Desk, Else, Escalate, Exists, Filler, Function,
    Give, Greeting, Help, HowTo, Human, Identity, Insult, May, No, Not, Others, Own, Polite, Present, Reach, Real,
    Someone, Staff, Talk, Target, Thanks, Unhappy, Urgent, Want, Yes,
};

pub(super) fn of(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    let certainty = [
        is_bare(reading).then_some(0.95),
        asks_who_speaks(reading).then_some(0.0),
        asks_for_call(reading).then_some(0.9),
        wants_to_talk(reading).then_some(0.95),
        wants_person(reading).then_some(0.9),
        looks_for_somebody(reading).then_some(0.9),
        wants_help_of_person(reading).then_some(0.85),
        refuses_bot(reading).then_some(0.85),
        escalates(reading).then_some(0.85),
    ];
    let certainty = certainty.into_iter().flatten().next()?;
    (certainty > 0.0).then_some((Intent::Human, certainty))
}

fn people() -> Concepts {
    Concepts::of(&[Human, Staff, Someone, Desk])
}

/// What may stand around a wish.
fn around() -> Concepts {
    let wishes = [
        Want, May, Give, Talk, Reach, Connect, Help, Real, Not, Bot, No, Yes, Greeting, Thanks, Announce, Insult, Bad,
        Angry, Target, Own, Exists, Present, Unhappy,
    ];
    padding() | Concepts::of(&wishes)
}

/// "Agent please", "HUMAN NOW".
fn is_bare(reading: &Reading<'_>) -> bool {
    let named = Concepts::of(&[Human, Staff, Desk]);
    let allowed = Concepts::of(&[
        Human, Staff, Desk, Real, Function, Filler, Polite, Urgent, Greeting, Want, Talk, Connect, Reach, Not, No, Yes,
        Bot, Insult, Angry, Give, Address,
    ]);
    let asks = Concepts::of(&[HowTo, Asks, Else, Others]);
    let opened_by_question = reading.all(asks).any(|mark| mark.start == 0);
    let bare = reading.has(named) && reading.others(allowed) == 0 && reading.words.len() <= 8;
    bare && !opened_by_question
        && !reading.has(Concepts::of(&[HowTo, Identity]))
        && !is_refused(reading)
        && !only_addresses(reading)
}

/// "Dear support team" and "hello team" greet it.
fn only_addresses(reading: &Reading<'_>) -> bool {
    reading.has(Greeting) && reading.others(Concepts::of(&[Greeting, Address, Filler])) == 0
}

/// "Am I talking to a human?"
fn asks_who_speaks(reading: &Reading<'_>) -> bool {
    let named = Concepts::of(&[Human, Staff, Bot, Real]);
    let wish = Concepts::of(&[Want, Give, Connect, May]);
    let asked = reading.followed(Identity, named, 4).is_some();
    asked && !reading.all(wish).any(|mark| reading.clause(mark) > 0) && reading.content() <= 1 && !wants_person(reading)
}

/// "Call me back."
fn asks_for_call(reading: &Reading<'_>) -> bool {
    let how = |mark: &Mark| reading.clause_has(reading.clause(mark), HowTo) && !opens_with_request(reading, mark);
    // "Call me Carrie" is something else.
    let named =
        |mark: &Mark| reading.meaning(mark.end).is_empty() && mark.end < reading.words.len() && !reading.has_number();
    reading.all(CallMe).any(|mark| !how(mark) && !named(mark) && !is_denied(reading, mark)) && !reading.has(Others)
}

/// A person and talking in one clause: "let me speak to someone", "mit einem Menschen sprechen".
fn wants_to_talk(reading: &Reading<'_>) -> bool {
    let talks = reading.all(Concepts::of(&[Talk, Reach, Connect]));
    talks.into_iter().any(|talk| {
        let clause = reading.clause(talk);
        let how = reading.clause_has(clause, HowTo);
        let of_others = reading.clause_has(clause, Others);
        // "How do I transfer a chat to an agent" is asked by an agent.
        let by_staff = how && reading.clause_has(clause, Connect) && !reading.clause_has(clause, Human);
        let Some(person) = near_person(reading, talk) else { return false };
        // Money is transferred to someone, too.
        let of_something = person.concept == Someone && talk.concept == Connect && !is_of_asker(reading, talk, person);
        let wished = Concepts::of(&[Want, May, Polite, Give, Exists, HowTo, Help]);
        let asked = reading.clause_has(clause, wished) || opens_with_request(reading, talk) || reading.content() <= 1;
        let theirs = of_others && is_of_others(reading, talk, person);
        asked && !(by_staff || of_something || theirs || is_denied(reading, talk))
    })
}

/// "Connect me to someone".
fn is_of_asker(reading: &Reading<'_>, talk: &Mark, person: &Mark) -> bool {
    (talk.start..person.start).any(|word| reading.meaning(word).meets(Own))
}

/// Whether the talking is theirs: "how do I let customers talk to an agent".
fn is_of_others(reading: &Reading<'_>, talk: &Mark, person: &Mark) -> bool {
    let clause = reading.clause(talk);
    reading.all(Others).any(|others| reading.clause(others) == clause && others.start < talk.start.max(person.start))
}

fn near_person<'a>(reading: &'a Reading<'_>, talk: &Mark) -> Option<&'a Mark> {
    reading.all(people()).find(|person| {
        let gap =
            if person.start >= talk.end { person.start - talk.end } else { talk.start.saturating_sub(person.end) };
        let behind = person.start >= talk.end;
        let most = match (behind, talk.concept == Talk || reading.lexicon.verbs_last) {
            (true, _) => 5,
            (false, true) => 3,
            (false, false) => return false,
        };
        reading.clause(person) == reading.clause(talk) && gap <= most && !is_between(reading, talk, person)
    })
}

/// Whether something unknown stands between: "talk about the invoice that an agent wrote".
fn is_between(reading: &Reading<'_>, one: &Mark, other: &Mark) -> bool {
    let (from, to) = if one.end <= other.start { (one.end, other.start) } else { (other.end, one.start) };
    (from..to)
        .any(|word| reading.meaning(word).is_empty() && reading.words.get(word).is_some_and(|word| !word.is_known()))
        && to > from + 2
}

/// "I need a human", "get me your manager".
fn wants_person(reading: &Reading<'_>) -> bool {
    let wish = Concepts::of(&[Want, Give, May]);
    let wishes = reading.all(wish).any(|wish| {
        reading.all(Concepts::of(&[Human, Staff, Someone])).any(|person| {
            let close = person.start >= wish.end && person.start - wish.end <= 3;
            let clause = reading.clause(wish);
            let how = reading.clause_has(clause, HowTo) && person.concept != Human;
            let vague = person.concept == Someone && (reading.content() > 0 || wish.concept == May);
            let weak = person.concept == Staff && wish.concept == May;
            close
                && clause == reading.clause(person)
                && !(how || vague || weak)
                && !reading.clause_has(clause, Others)
                && (wish.end..person.start).all(|word| reading.meaning(word).meets(around()))
                && !describes(reading, person)
                && !is_denied(reading, wish)
        })
    });
    let desk = reading.followed(Want, Desk, 2).is_some() && reading.content() == 0 && !reading.has(HowTo);
    wishes || desk && !is_refused(reading)
}

/// Whether the noun only describes the next: "an agent licence".
fn describes(reading: &Reading<'_>, person: &Mark) -> bool {
    let next = reading.words.get(person.end);
    let same_clause = next.is_some_and(|next| next.clause == reading.clause(person));
    reading.lexicon.nouns_describe && same_clause && reading.meaning(person.end).is_empty()
}

/// "Is anyone there?", "are there any agents available?"
fn looks_for_somebody(reading: &Reading<'_>) -> bool {
    let allowed = around() | people() | Concepts::of(&[Asks, HowTo, Others]);
    let nothing_else = reading.others(allowed) == 0;
    let exists = reading.followed(Exists, people(), 2).is_some()
        || reading.followed(Asks, Concepts::of(&[Someone, Human]), 1).is_some();
    let human = reading.followed(Exists, Human, 2).is_some();
    let present = reading.followed(Concepts::of(&[Someone, Human, Staff]), Present, 2).is_some();
    let wanted = Concepts::of(&[Present, Help, Talk, Human, Someone]);
    let about_us = !reading.has(Concepts::of(&[HowTo, Others, Identity])) || human;
    nothing_else && about_us && (present || exists && reading.has(wanted))
}

/// "Can someone real help me?"
fn wants_help_of_person(reading: &Reading<'_>) -> bool {
    let how = reading.has(Others) || reading.all(HowTo).any(|mark| mark.start == 0) && !reading.has(Human);
    let human = reading.together(Human, Help, 4) && !reading.has(Identity);
    let somebody = reading.together(Concepts::of(&[Someone, Staff]), Concepts::of(&[Help, Announce]), 3);
    let nothing_else = reading.others(around() | people() | Asks.into() | HowTo.into()) == 0;
    !how && (human || somebody && nothing_else && !reading.has(But))
}

/// "No bots please", "I don't want to talk to a machine."
fn refuses_bot(reading: &Reading<'_>) -> bool {
    let wished = reading.has(Concepts::of(&[Want, Talk, Polite]));
    let refused = reading.followed(Concepts::of(&[Not, No]), Bot, 6).is_some();
    let short = reading.content() <= 1;
    refused && short && (wished || reading.words.len() <= 4) && !reading.has(Concepts::of(&[HowTo, Identity]))
}

fn escalates(reading: &Reading<'_>) -> bool {
    reading.has(Escalate) && !reading.has(HowTo) && reading.content() <= 2
}

/// Whether it is not wished: "I don't want to talk to a human". Whoever does not want the bot does.
fn is_denied(reading: &Reading<'_>, wish: &Mark) -> bool {
    let denies = |not: &Mark| {
        // "No I want a person" answers, and then wishes.
        let answers = not.end - not.start == 1 && reading.meaning(not.start).meets(No);
        let most = if answers { 0 } else { 3 };
        let before = not.end <= wish.start && wish.start - not.end <= most;
        let behind = not.start >= wish.end && not.start - wish.end <= 1;
        (before || behind) && reading.clause(not) == reading.clause(wish)
    };
    let asked_why = reading.has(May);
    !reading.has(Bot) && !asked_why && reading.has(Want) && reading.all(Concepts::of(&[Not, No])).any(denies)
}

fn is_refused(reading: &Reading<'_>) -> bool {
    let people = Concepts::of(&[Human, Staff, Desk]);
    !reading.has(Bot) && reading.followed(Not, people, 2).is_some() && reading.followed(Not, Target, 0).is_none()
}

fn opens_with_request(reading: &Reading<'_>, mark: &Mark) -> bool {
    reading.opens(mark, Concepts::of(&[Filler, Polite, Address, Greeting, May, Want, No, Yes, Thanks]))
}
