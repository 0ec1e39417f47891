use crate::company::{ask, ask_after};

#[test]
fn a_time_is_about_the_day_that_the_words_beside_it_are_about() {
    assert_eq!(
        ask("which deals did Moses Frase win in March 2017?"),
        "Deals · Owner is Moses Frase · won · Close date from 2017-03-01 to 2017-03-31"
    );
    assert_eq!(
        ask("darcel's won deals in may"),
        "Deals · Owner is Darcel Schlecht · won · Close date from 2017-05-01 to 2017-05-31"
    );
    assert_eq!(
        ask("deals closing this month with probability over 75%"),
        "Deals · Close date from 2017-12-01 to 2017-12-31 · Probability over 75 %"
    );
    assert_eq!(ask("accounts created before November 2016"), "Accounts · Created before 2016-11-01");
    assert_eq!(
        ask("how many deals did we win this year?"),
        "Deals · won · Close date from 2017-01-01 to 2017-12-31 · number"
    );
    assert_eq!(
        ask("how much did we sell last quarter?"),
        "Deals · sales · Close date from 2017-07-01 to 2017-09-30 · sum of Amount"
    );
    assert_eq!(ask("tasks due tomorrow"), "Tasks · Due on 2018-01-01");
    assert_eq!(
        ask("monthly won revenue in 2017"),
        "Deals · won · Close date from 2017-01-01 to 2017-12-31 · sum of Amount by month of Close date"
    );
}

#[test]
fn amounts_belong_to_the_field_beside_them_or_to_the_usual_one() {
    assert_eq!(ask("all won deals above $20,000"), "Deals · won · Amount over 20000 USD");
    assert_eq!(
        ask("accounts in the retail sector with more than 10000 employees"),
        "Accounts · Industry is retail · Employees over 10000"
    );
    assert_eq!(ask("deals worth between 5k and 10k"), "Deals · Amount between 5000 and 10000");
    assert_eq!(ask("accounts with at least 500 employees"), "Accounts · Employees at least 500");
    assert_eq!(ask("deals under 1,000 dollars"), "Deals · Amount under 1000 USD");
    assert_eq!(ask("accounts with revenue of 1 million or more"), "Accounts · Annual revenue at least 1000000");
}

#[test]
fn a_number_before_an_order_says_how_many() {
    assert_eq!(
        ask("top 5 sales agents by won revenue this year"),
        "Deals · won · Close date from 2017-01-01 to 2017-12-31 · sum of Amount by Owner · top 5"
    );
    assert_eq!(ask("five largest accounts by number of employees"), "Accounts · greatest first by Employees · first 5");
    assert_eq!(ask("the 3 biggest open deals"), "Deals · open · greatest first by Amount · first 3");
}

#[test]
fn a_later_time_takes_the_place_of_the_one_before() {
    assert_eq!(
        ask_after(&["won deals in November"], "and in October?"),
        "Deals · won · Close date from 2017-10-01 to 2017-10-31"
    );
}
