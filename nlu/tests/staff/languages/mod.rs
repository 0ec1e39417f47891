//! What colleagues ask in other languages means what it means in English: each line of `de.tsv` and its like is a
//! sentence and the same in English, or `?` if it is not understood. `>>` stands between sentences of a conversation.

use crate::company;
use nlu::Language;
use nlu::staff::{Assigned, Meaning, Obstacle};

#[test]
fn german_is_understood() {
    holds(Language::De, include_str!("de.tsv"));
}

#[test]
fn french_is_understood() {
    holds(Language::Fr, include_str!("fr.tsv"));
}

#[test]
fn spanish_is_understood() {
    holds(Language::Es, include_str!("es.tsv"));
}

#[test]
fn portuguese_is_understood() {
    holds(Language::Pt, include_str!("pt.tsv"));
}

#[test]
fn a_reminder_is_called_what_was_said() {
    let subject = |text, language| match company::hear(text, None, language).meaning {
        Meaning::Change(change) => change.values.into_iter().find(|given| given.field == "subject").unwrap().shown,
        other => panic!("{other:?}"),
    };
    assert_eq!(subject("erinnere mich daran, Hottechi am Freitag anzurufen", Language::De), "Hottechi anzurufen");
    assert_eq!(subject("rappelle-moi d'appeler Hottechi vendredi", Language::Fr), "appeler Hottechi");
    assert_eq!(subject("recuérdame llamar a Hottechi el viernes", Language::Es), "llamar a Hottechi");
    assert_eq!(subject("lembre-me de ligar para Hottechi na sexta-feira", Language::Pt), "ligar para Hottechi");
}

#[test]
fn what_was_understood_is_told_in_the_language_of_whoever_asked() {
    let told = |text, language| company::told(company::hear(text, None, language).meaning, language);
    assert_eq!(
        told("Top 5 Verkäufer nach gewonnenem Umsatz dieses Jahr", Language::De),
        "Verkaufschancen · gewonnen · Abschlussdatum vom 2017-01-01 bis 2017-12-31 · Summe von Betrag nach Zuständig · Top 5"
    );
    assert_eq!(
        told("offene Verkaufschancen über 5000, die nicht Cancity gehören", Language::De),
        "Verkaufschancen · offen · Betrag über 5000 · Firma ist nicht Cancity"
    );
    assert_eq!(
        told("erstelle eine Aufgabe für Cancity nächsten Dienstag um 14 Uhr", Language::De),
        "Neu: Aufgabe · Betrifft: Cancity · Fällig: 2018-01-02 14:00 · Betreff: Aufgabe für Cancity"
    );
    assert_eq!(
        told("les affaires gagnées en novembre", Language::Fr),
        "Affaires · gagnées · Date de clôture du 2017-11-01 au 2017-11-30"
    );
    assert_eq!(
        told("affaires ouvertes de plus de 5000 qui ne sont pas à Cancity", Language::Fr),
        "Affaires · ouvertes · Montant plus de 5000 · Entreprise n’est pas Cancity"
    );
    assert_eq!(
        told("Top 5 vendedores por ingresos ganados este año", Language::Es),
        "Oportunidades · ventas · Fecha de cierre del 2017-01-01 al 2017-12-31 · suma de Importe por Responsable · top 5"
    );
    assert_eq!(
        told("crea una tarea para Cancity el próximo martes a las 14:00", Language::Es),
        "Crear: Tarea · Relacionado con: Cancity · Vencimiento: 2018-01-02 14:00 · Asunto: Tarea para Cancity"
    );
    assert_eq!(told("tickets abertos por prioridade", Language::Pt), "Tickets · abertos · número por Prioridade");
    assert_eq!(
        told("marque o negócio 1C1I7A6R como ganho", Language::Pt),
        "Alterar Oportunidade: Cancity – GTX Pro · Etapa: Won"
    );
}

#[test]
fn what_was_asked_in_english_is_told_in_the_language_of_whoever_asked() {
    let told = |text| company::told(company::hear(text, None, Language::Fr).meaning, Language::Fr);
    assert_eq!(
        told("my urgent tickets that were not solved this month"),
        "Tickets · Responsable est moi · Priorité est Urgente · pas résolus · Résolu du 2017-12-01 au 2017-12-31"
    );
    assert_eq!(
        told("deals closing next month with probability over 75%"),
        "Affaires · Date de clôture du 2018-01-01 au 2018-01-31 · Probabilité plus de 75 %"
    );
}

fn holds(language: Language, sentences: &str) {
    let mut wrong = Vec::new();
    for line in sentences.lines() {
        let (said, english) = line.split_once('\t').unwrap();
        let (meant, wanted) = (meaning(said, language), meaning(english, Language::En));
        if meant != wanted || (wanted == "?") != (english == "?") {
            wrong.push(format!("{said}\n  means    {meant}\n  but should be {english}\n  which is {wanted}\n"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} sentences:\n{}", wrong.len(), sentences.lines().count(), wrong.join("\n"));
}

/// What the last sentence of a conversation means.
fn meaning(talk: &str, language: Language) -> String {
    let mut earlier = None;
    let mut last = String::new();
    for text in talk.split(" >> ") {
        let meaning = company::hear(text, earlier.as_ref(), language).meaning;
        if let Meaning::Question(request) = &meaning {
            earlier = Some(request.clone());
        }
        last = written(meaning);
    }
    last
}

/// A meaning, but for the words in which it is shown and the order of its conditions.
fn written(meaning: Meaning) -> String {
    match meaning {
        Meaning::Question(mut request) => {
            request.conditions.iter_mut().for_each(|condition| condition.shown.clear());
            request.conditions.sort_by_key(|condition| condition.about.clone());
            format!("{request:?}")
        }
        Meaning::Change(change) => {
            // What is made of the words themselves is in their language.
            let subject = |given: &&Assigned| given.field != "subject";
            let values: Vec<_> =
                change.values.iter().filter(subject).map(|given| (&given.field, &given.value)).collect();
            let target = change.target.as_ref().map(|name| &name.name);
            format!("{:?} {} {target:?} {values:?} {:?}", change.action, change.object, change.missing)
        }
        Meaning::WhichOne { choices, .. } => {
            choices.iter().map(|name| name.name.as_str()).collect::<Vec<_>>().join(" or ")
        }
        Meaning::Obstacle(Obstacle::NoSuch(no_such)) => format!("no {:?} {}", no_such.object, no_such.name),
        Meaning::Obstacle(obstacle) => format!("{obstacle:?}"),
        Meaning::Unknown { .. } => "?".to_owned(),
    }
}
