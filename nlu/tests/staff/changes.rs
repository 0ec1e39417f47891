use crate::company::{ask, hear};
use jiff::civil::datetime;
use nlu::Language;
use nlu::staff::Meaning;

#[test]
fn a_record_is_made_with_the_values_that_were_said() {
    assert_eq!(
        ask("create a follow-up task for Cancity next Tuesday at 2 PM"),
        "New Task · Related to: Cancity · Due: 2018-01-02 14:00 · Subject: Follow-up task for Cancity"
    );
    assert_eq!(
        ask("create a new account called Northwind Traders in the retail sector with 340 employees"),
        "New Account · Industry: retail · Employees: 340.0 · Name: Northwind Traders"
    );
    assert_eq!(
        ask("new contact Jane Doe at Hottechi, jane.doe@hottechi.example, +1 202 555 0143"),
        "New Contact · Account: Hottechi · E-mail: jane.doe@hottechi.example · Phone: +12025550143 · First name: Jane · Last name: Doe"
    );
    assert_eq!(
        ask("open a ticket for Cancity: invoice shows the wrong VAT number, urgent"),
        "New Ticket · Account: Cancity · Priority: Urgent · Subject: invoice shows the wrong VAT number"
    );
    assert_eq!(ask("create a task: call Jane about the offer"), "New Task · Subject: call Jane about the offer");
    assert_eq!(ask("new contact called Max Muster"), "New Contact · First name: Max · Last name: Muster");
    assert_eq!(
        ask("create a deal called Big One for Cancity over $5,000"),
        "New Deal · Account: Cancity · Amount: 5000 · Name: Big One"
    );
    assert_eq!(ask("create a task:\nbuy chairs"), "New Task · Subject: buy chairs");
    assert_eq!(ask("create a task to call Jane tomorrow"), "New Task · Due: 2018-01-01 00:00 · Subject: call Jane");
}

#[test]
fn what_is_missing_is_asked_for() {
    assert_eq!(ask("create a task"), "New Task · subject?");
    assert_eq!(ask("add a contact"), "New Contact · last_name?");
}

#[test]
fn a_record_gets_other_values() {
    assert_eq!(
        ask("mark deal 1C1I7A6R as won for $5,200"),
        "Change Deal Cancity – GTX Pro · Stage: Won · Amount: 5200"
    );
    assert_eq!(
        ask("change the number of employees of Ganjaflex to 200"),
        "Change Account Ganjaflex · Employees: 200.0"
    );
    assert_eq!(ask("assign deal 1C1I7A6R to Moses Frase"), "Change Deal Cancity – GTX Pro · Owner: Moses Frase");
    assert_eq!(
        ask("make Moses Frase the owner of deal 1C1I7A6R"),
        "Change Deal Cancity – GTX Pro · Owner: Moses Frase"
    );
    assert_eq!(ask("assign D-9447 to Moses Frase"), "Change Deal Cancity – GTX Pro · Owner: Moses Frase");
    assert_eq!(ask("move Cancity to nowhere"), "no such nowhere");
    assert_eq!(ask("move deal 1C1I7A6R to engaging"), "Change Deal Cancity – GTX Pro · Stage: Engaging");
    assert_eq!(ask("set the industry of Hottechi to aerospace"), "Change Account Hottechi · Industry: aerospace");
    assert_eq!(
        ask("rename Hottechi to Hot Tech International"),
        "Change Account Hottechi · Name: Hot Tech International"
    );
}

#[test]
fn what_only_a_part_of_the_named_record_has_is_changed_there() {
    assert_eq!(ask("move Cancity to engaging"), "Change Deal Cancity – GTX Pro · Stage: Engaging");
}

#[test]
fn a_record_is_deleted_by_its_name_only() {
    assert_eq!(ask("delete the account Hottechi"), "Delete Account Hottechi");
    assert_eq!(ask("delete all accounts"), "?");
}

#[test]
fn a_question_is_no_change() {
    assert_eq!(ask("open deals"), "Deals · open");
    assert_eq!(ask("show deals created this week"), "Deals · Created from 2017-12-25 to 2017-12-31");
}

#[test]
fn reminders_and_appointments_are_called_what_was_said() {
    assert_eq!(
        ask("remind me to call Hottechi on Friday"),
        "New Task · Related to: Hottechi · Due: 2018-01-05 00:00 · Subject: call Hottechi"
    );
    assert_eq!(
        ask("schedule a meeting with Hottechi next Monday at 10"),
        "New Meeting · Related to: Hottechi · Starts: 2018-01-01 10:00 · Subject: Meeting with Hottechi"
    );
}

#[test]
fn an_appointment_without_a_time_is_asked_when_and_colleagues_take_part_in_it() {
    assert_eq!(
        ask("schedule a demo with Melvin Marxen's team for next week"),
        "New Meeting · Related to: Melvin Marxen's team · Subject: Demo with Melvin Marxen's team · starts_at?"
    );
    assert_eq!(
        ask("schedule a meeting with Moses Frase and Niesha Huffines tomorrow afternoon"),
        "New Meeting · Colleagues: Moses Frase, Niesha Huffines · Subject: Meeting with Moses Frase and Niesha Huffines · starts_at?"
    );
    assert_eq!(
        ask("schedule a meeting with Moses Frase on Tuesday at 2 PM"),
        "New Meeting · Starts: 2018-01-02 14:00 · Colleagues: Moses Frase · Subject: Meeting with Moses Frase"
    );
    let Meaning::Change(change) = hear("schedule a demo with Hottechi for next week", None, Language::En).meaning
    else {
        panic!("no change")
    };
    let week = (datetime(2018, 1, 1, 0, 0, 0, 0), datetime(2018, 1, 8, 0, 0, 0, 0));
    assert_eq!((change.within, change.missing), (Some(week), vec!["starts_at".to_owned()]));
}
