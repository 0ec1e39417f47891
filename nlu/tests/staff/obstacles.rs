//! Changes that cannot be proposed: of what nothing is called, of several records, of what was not shown; and those of
//! what was shown.

use crate::company::{ask, ask_shown, hear, told};
use nlu::Language;

/// Holds that each text is understood as it should be.
fn holds(understood: impl Fn(&str) -> String, cases: &[(&str, &str)]) {
    let wrong = cases.iter().filter_map(|(text, wanted)| {
        let told = understood(text);
        (told != *wanted).then(|| format!("{text}\n  means    {told}\n  but should be {wanted}\n"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_that_nothing_has_is_told() {
    holds(
        ask,
        &[
            ("schedule a demo with the Foobar team", "no team Foobar"),
            ("schedule a demo with the foobar team for next week", "no team foobar"),
            ("assign D-9447 to Zorblax", "no user Zorblax"),
            ("reassign D-9447 to zorblax please", "no user zorblax"),
            ("move Zorblaxia to engaging", "no deal Zorblaxia"),
            ("create a task for Zorblax Quux tomorrow", "no such Zorblax Quux"),
            ("create a deal called Big One for Zorblax over $5,000", "no such Zorblax"),
            ("new contact Jane Doe at Zorblax", "no such Zorblax"),
            ("delete the account Zorblax", "no account Zorblax"),
            ("delete Zorblax", "no such Zorblax"),
            ("rename Zorblax to Quux", "no such Zorblax"),
            ("change the owner of D-9447 to Zorblax", "no user Zorblax"),
            (
                "schedule a meeting with Moses Zorblax on Tuesday at 2 PM",
                "no such Moses Zorblax schedule a meeting with Moses Frase on Tuesday at 2 PM?",
            ),
            ("move Cancity to nowhere", "no such nowhere"),
        ],
    );
}

#[test]
fn whatever_is_alike_is_offered_instead() {
    holds(
        ask,
        &[
            ("assign D-9447 to Mosses Frazer", "no user Mosses Frazer assign D-9447 to Moses Frase?"),
            ("delete the account Cancitties", "no account Cancitties delete the account Cancity?"),
        ],
    );
}

#[test]
fn what_is_only_called_so_is_no_name_that_is_looked_for() {
    holds(
        ask,
        &[
            ("create a task: call Zorblax", "New Task · Subject: call Zorblax"),
            ("create a task to call Zorblax tomorrow", "New Task · Due: 2018-01-01 00:00 · Subject: call Zorblax"),
            ("create an account called Zorblax", "New Account · Name: Zorblax"),
            ("create a task for the audit tomorrow", "New Task · Due: 2018-01-01 00:00 · Subject: audit"),
            ("set the industry of Hottechi to Aerospace", "Change Account Hottechi · Industry: Aerospace"),
            ("make me happy", "?"),
        ],
    );
}

#[test]
fn a_name_that_nothing_has_is_told_in_every_language() {
    let cases = [
        (Language::De, "plane eine Demo mit dem Team Foobar für nächste Woche", "no team Foobar"),
        (Language::De, "plane einen Termin mit Zorblax am Dienstag um 14 Uhr", "no such Zorblax"),
        (Language::De, "erstelle eine Aufgabe für Zorblax Quux morgen", "no such Zorblax Quux"),
        (Language::De, "weise D-9447 Zorblax zu", "no user Zorblax"),
        (Language::De, "verschiebe Zorblaxia auf Engaging", "no deal Zorblaxia"),
        (Language::De, "Zorblaxia löschen", "no such Zorblaxia"),
        (Language::De, "schedule a demo with the Foobar team", "no team Foobar"),
        (Language::Fr, "planifie une démo avec l'équipe Foobar la semaine prochaine", "no team Foobar"),
        (Language::Fr, "crée une tâche pour Zorblax Quux demain", "no such Zorblax Quux"),
        (Language::Fr, "assigne D-9447 à Zorblax", "no user Zorblax"),
        (Language::Fr, "déplace Zorblaxia vers Engaging", "no deal Zorblaxia"),
        (Language::Es, "programa una demo con el equipo Foobar la próxima semana", "no team Foobar"),
        (Language::Es, "crea una tarea para Zorblax Quux mañana", "no such Zorblax Quux"),
        (Language::Es, "asigna D-9447 a Zorblax", "no user Zorblax"),
        (Language::Es, "mueve Zorblaxia a Engaging", "no deal Zorblaxia"),
        (Language::Pt, "agende uma demo com a equipe Foobar na próxima semana", "no team Foobar"),
        (Language::Pt, "crie uma tarefa para Zorblax Quux amanhã", "no such Zorblax Quux"),
        (Language::Pt, "atribua D-9447 a Zorblax", "no user Zorblax"),
        (Language::Pt, "mova Zorblaxia para Engaging", "no deal Zorblaxia"),
    ];
    for language in [Language::De, Language::Fr, Language::Es, Language::Pt] {
        let of = cases.iter().filter(|case| case.0 == language).map(|case| (case.1, case.2));
        let cases: Vec<(&str, &str)> = of.collect();
        holds(|text| told(hear(text, None, language).meaning, language), &cases);
    }
}

const LIST: [&str; 3] = ["Hottechi", "Cancity – GTX Pro", "Ganjaflex"];

fn shown(text: &str) -> String {
    ask_shown(&LIST, None, text, Language::En)
}

#[test]
fn a_record_is_meant_by_its_place_in_the_list_that_was_shown() {
    holds(
        shown,
        &[
            ("delete the first one", "Delete Account Hottechi"),
            ("please delete the last one", "Delete Account Ganjaflex"),
            ("move the second to engaging", "Change Deal Cancity – GTX Pro · Stage: Engaging"),
            ("assign the second one to Moses Frase", "Change Deal Cancity – GTX Pro · Owner: Moses Frase"),
            ("rename the third to Ganja & Sons", "Change Account Ganjaflex · Name: Ganja & Sons"),
            ("delete the first account", "Delete Account Hottechi"),
            ("delete the fifth", "Fewer { shown: 3 }"),
        ],
    );
    assert_eq!(ask_shown(&["gone", "Hottechi"], None, "delete the first", Language::En), "Gone");
    assert_eq!(ask_shown(&[], None, "delete the first one", Language::En), "Fewer { shown: 0 }");
    for (language, text) in [
        (Language::De, "lösche die dritte"),
        (Language::De, "den dritten Eintrag löschen"),
        (Language::Fr, "supprime le troisième"),
        (Language::Es, "elimina la tercera"),
        (Language::Pt, "exclua o terceiro"),
        (Language::De, "delete the third"),
    ] {
        let told = ask_shown(&LIST, None, text, language);
        assert!(told.ends_with("Ganjaflex") || told.contains("Ganjaflex"), "{text}: {told}");
    }
}

#[test]
fn a_pronoun_means_the_one_that_was_spoken_of_and_never_some_of_several() {
    let one = |text| ask_shown(&[], Some("Hottechi"), text, Language::En);
    assert_eq!(one("delete it"), "Delete Account Hottechi");
    assert_eq!(one("assign that to Moses Frase"), "Change Account Hottechi · Owner: Moses Frase");
    assert_eq!(ask_shown(&["Hottechi"], None, "delete them", Language::En), "Delete Account Hottechi");
    for text in ["delete them", "delete all of them", "delete it", "assign them to Moses Frase"] {
        assert_eq!(shown(text), "Several { shown: 3 }", "{text}");
    }
    for (language, text) in [
        (Language::De, "lösche sie alle"),
        (Language::De, "lösche sie"),
        (Language::Fr, "supprime-les"),
        (Language::Es, "elimina todos"),
        (Language::Pt, "exclua todos"),
    ] {
        assert_eq!(ask_shown(&LIST, None, text, language), "Several { shown: 3 }", "{text}");
    }
    assert_eq!(ask_shown(&[], None, "delete them", Language::En), "Fewer { shown: 0 }");
    assert_eq!(shown("delete the account Cancity"), "Delete Account Cancity");
    assert_eq!(shown("make it a pie chart"), "?");
}
