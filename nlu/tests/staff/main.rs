//! What colleagues ask, in a company that sells to others.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod changes;
mod company;
mod languages;
mod obstacles;
mod shapes;
mod times;

use company::{ask, ask_after, hear, told};
use nlu::Language;

#[test]
fn names_and_states_are_conditions() {
    assert_eq!(ask("show me all open deals for Cancity"), "Deals · open · Account is Cancity");
    assert_eq!(ask("open deals Cancity"), "Deals · open · Account is Cancity");
    assert_eq!(ask("Kinnamplus deals that are not lost"), "Deals · Account is Kinnamplus · not lost");
    assert_eq!(
        ask("prospecting deals owned by Niesha Huffines"),
        "Deals · Stage is Prospecting · Owner is Niesha Huffines"
    );
    assert_eq!(ask("GTX Pro deals still open"), "Deals · Product is GTX Pro · open");
    assert_eq!(ask("my open deals"), "Deals · Owner is me · open");
}

#[test]
fn words_are_understood_in_other_forms_and_with_typing_errors() {
    assert_eq!(ask("opne deals for Cancty"), "Deals · open · Account is Cancity");
    assert_eq!(ask("acme corp open deals"), "Deals · Account is Acme Corporation · open");
    assert_eq!(ask("darcel's won deals"), "Deals · Owner is Darcel Schlecht · won");
    assert_eq!(ask("technology accounts"), "Accounts · Industry is technolgy");
}

#[test]
fn a_common_word_is_not_the_beginning_of_a_name() {
    assert_eq!(ask("can you show my open deals"), "Deals · Owner is me · open");
}

#[test]
fn values_of_fields_are_found_wherever_the_field_is() {
    assert_eq!(ask("software companies"), "Accounts · Industry is software");
    assert_eq!(ask("won deals in the East"), "Deals · won · Region is East");
    assert_eq!(ask("subsidiaries of Acme Corporation"), "Accounts · Parent account is Acme Corporation");
}

#[test]
fn what_somebody_or_something_has_above_it_is_asked_for_by_of() {
    assert_eq!(ask("parent company of Acme Corporation"), "Accounts · Parent account of Acme Corporation");
    assert_eq!(ask("who is the manager of Moses Frase"), "Users · Manager of Moses Frase");
    assert_eq!(ask("accounts whose parent is Acme Corporation"), "Accounts · Parent account is Acme Corporation");
}

#[test]
fn a_word_for_people_that_is_a_value_of_theirs_means_only_those() {
    assert_eq!(ask("how many sales agents"), "Users · Job title is Sales agent · number");
    assert_eq!(ask("how many sales managers"), "Users · Job title is Sales manager · number");
    assert_eq!(ask("how many colleagues"), "Users · number");
}

#[test]
fn what_is_compared_makes_the_groups() {
    assert_eq!(ask("compare regions by revenue"), "Deals · sales · sum of Amount by Region");
    assert_eq!(ask("compare sales reps by win rate"), "Deals · rate in % by Owner");
    assert_eq!(
        ask("compare East and West by revenue"),
        "Deals · Region is East or Region is West · sales · sum of Amount by Region"
    );
}

#[test]
fn names_alone_ask_for_what_refers_to_all_of_them() {
    assert_eq!(ask("cancity engaging"), "Deals · Account is Cancity · Stage is Engaging");
}

#[test]
fn one_record_is_asked_for_by_its_name_or_number() {
    assert_eq!(ask("show deal 1C1I7A6R"), "Deals · ID is Cancity – GTX Pro");
    assert_eq!(ask("tell me about Hottechi"), "Accounts · ID is Hottechi");
}

#[test]
fn figures_are_counts_sums_means_and_rates() {
    assert_eq!(ask("how many open opportunities do we have"), "Deals · open · number");
    assert_eq!(
        ask("how many accounts are there in the entertainment sector?"),
        "Accounts · Industry is entertainment · number"
    );
    assert_eq!(ask("average size of won deals"), "Deals · won · average Amount");
    assert_eq!(ask("our win rate"), "Deals · rate in %");
    assert_eq!(ask("how much did we sell"), "Deals · sales · sum of Amount");
}

#[test]
fn figures_are_grouped_by_fields_objects_and_times() {
    assert_eq!(ask("won revenue by region"), "Deals · won · sum of Amount by Region");
    assert_eq!(ask("number of open deals per sales agent"), "Deals · open · number by Owner");
    assert_eq!(ask("win rate by product"), "Deals · rate in % by Product");
    assert_eq!(ask("deals by stage"), "Deals · number by Stage");
    assert_eq!(ask("accounts per sector"), "Accounts · number by Industry");
    assert_eq!(ask("monthly won revenue"), "Deals · won · sum of Amount by month of Close date");
}

#[test]
fn the_first_of_an_order_are_ranked() {
    assert_eq!(ask("which sales rep won the most deals?"), "Deals · won · number by Owner · top 1");
    assert_eq!(ask("who sold the most?"), "Deals · sales · sum of Amount by Owner · top 1");
    assert_eq!(ask("which product has the highest win rate"), "Deals · rate in % by Product · top 1");
    assert_eq!(ask("the largest open deal"), "Deals · open · greatest first by Amount · first 1");
}

#[test]
fn a_report_that_leaves_nothing_open_goes_on_from_nothing() {
    let text = "top 5 sales agents by won revenue this year";
    assert_eq!(ask_after(&["won revenue by month this year"], text), ask(text));
    assert_eq!(ask_after(&["won revenue by month this year", "only the East"], text), ask(text));
}

#[test]
fn a_follow_up_goes_on_from_what_was_asked_before() {
    assert_eq!(
        ask_after(&["open deals for Cancity"], "only the ones in engaging"),
        "Deals · open · Account is Cancity · Stage is Engaging"
    );
    assert_eq!(ask_after(&["won deals"], "just the East"), "Deals · won · Region is East");
    assert_eq!(
        ask_after(&["won deals", "just the East"], "how much is that in total?"),
        "Deals · won · Region is East · sum of Amount"
    );
    assert_eq!(ask_after(&["won revenue by region"], "and by product?"), "Deals · won · sum of Amount by Product");
}

#[test]
fn a_whole_question_starts_afresh() {
    for text in [
        "win rate by product",
        "won revenue by month",
        "sales by region this year",
        "which product has the highest win rate",
        "how many accounts are there",
        "average size of won deals",
        "deals by stage",
    ] {
        assert_eq!(ask_after(&["won deals in November", "just the East"], text), ask(text), "{text}");
    }
}

#[test]
fn a_fragment_goes_on_and_so_does_whatever_says_so() {
    let after = |text| ask_after(&["won deals in the East"], text);
    assert_eq!(after("by product?"), "Deals · won · Region is East · number by Product");
    assert_eq!(after("average amount by product"), "Deals · won · Region is East · average Amount by Product");
    assert_eq!(after("only those over 5000"), "Deals · won · Region is East · Amount over 5000");
    assert_eq!(after("who owns them?"), "Deals · won · Region is East · number by Owner");
    assert_eq!(after("and revenue by product?"), "Deals · won · Region is East · sum of Amount by Product");
    assert_eq!(after("their revenue by product"), "Deals · won · Region is East · sum of Amount by Product");
    assert_eq!(
        ask_after(&["won deals last quarter"], "and the quarter before?"),
        "Deals · won · Close date from 2017-04-01 to 2017-06-30"
    );
}

#[test]
fn a_rate_goes_on_without_the_state_that_would_make_it_meaningless() {
    assert_eq!(ask_after(&["won deals in the East"], "and the win rate?"), "Deals · Region is East · rate in %");
    assert_eq!(
        ask_after(&["won deals in the East"], "and their win rate by product?"),
        "Deals · Region is East · rate in % by Product"
    );
}

#[test]
fn what_is_not_understood_is_not_guessed() {
    assert_eq!(ask("what's the weather in Boston"), "?");
    assert_eq!(ask("asdf qwer zxcv"), "?");
    assert_eq!(ask("deals for Nosuchcompany"), "?");
    assert_eq!(ask(""), "?");
}

#[test]
fn a_name_of_several_is_asked_back() {
    assert_eq!(ask("open deals of John"), "John Smith or John Miller?");
    assert_eq!(ask("show Lindqvist"), "Ada Lindqvist or Lindqvist Breweries and Daughters?");
}

#[test]
fn an_initial_stands_for_a_first_name() {
    assert_eq!(ask("open deals of J. Miller"), "Deals · open · Owner is John Miller");
    assert_eq!(ask("tell me about A. Lindqvist"), "Contacts · ID is Ada Lindqvist");
    assert_eq!(ask("tell me about B. Lindqvist"), "?");
    assert_eq!(ask("open deals of j miller"), "Deals · open · Owner is John Miller");
}

#[test]
fn an_article_is_no_initial() {
    let either = "Ada Lindqvist or Lindqvist Breweries and Daughters?";
    assert_eq!(told(hear("mostra a Lindqvist", None, Language::Pt).meaning, Language::Pt), either);
    assert_eq!(ask("show a Lindqvist"), either);
}

#[test]
fn what_a_record_has_or_lacks_is_a_condition() {
    assert_eq!(ask("accounts without open deals"), "Accounts · without Deals: open");
    assert_eq!(ask("deals with no account"), "Deals · Account is empty");
    assert_eq!(ask("deals without a close date"), "Deals · Close date is empty");
    assert_eq!(ask("account with the most employees"), "Accounts · greatest first by Employees · first 1");
    assert_eq!(ask("accounts founded before 1990"), "Accounts · Founded under 1990");
}

#[test]
fn a_field_of_a_record_is_asked_for() {
    assert_eq!(ask("how many employees does Ganjaflex have"), "Accounts · ID is Ganjaflex · sum of Employees");
    assert_eq!(ask("what is the phone number of Hottechi"), "Accounts · ID is Hottechi");
    assert_eq!(ask("who owns deal 1C1I7A6R"), "Deals · ID is Cancity – GTX Pro");
    assert_eq!(ask("which region has the highest win rate"), "Deals · rate in % by Region · top 1");
}

#[test]
fn bare_numbers_are_amounts_where_no_hour_is_meant() {
    assert_eq!(ask("won deals between 1000 and 2000"), "Deals · won · Amount between 1000 and 2000");
    assert_eq!(
        ask("won deals between $1000 and $2000 in June 2017"),
        "Deals · won · Amount between 1000 USD and 2000 USD · Close date from 2017-06-01 to 2017-06-30"
    );
}

#[test]
fn the_day_that_is_named_makes_the_groups() {
    assert_eq!(ask("deals created by week"), "Deals · number by week of Created");
    assert_eq!(ask("number of deals by region and stage"), "Deals · number by Region by Stage");
}

#[test]
fn a_pipeline_is_told_by_its_stages() {
    assert_eq!(
        ask("generate a pipeline report for the East region"),
        "Deals · in the pipeline · Region is East · number by Stage"
    );
    assert_eq!(ask("pipeline by region"), "Deals · in the pipeline · number by Region");
    assert_eq!(ask("deals in the pipeline"), "Deals · in the pipeline");
    assert_eq!(ask("total value of the pipeline"), "Deals · in the pipeline · sum of Amount");
}

#[test]
fn who_has_what_was_found_is_told_by_person() {
    assert_eq!(
        ask_after(&["open deals for Cancity"], "who owns them?"),
        "Deals · open · Account is Cancity · number by Owner"
    );
}
