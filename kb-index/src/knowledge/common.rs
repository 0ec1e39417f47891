//! Words that people ask with, whatever they ask about.
//!
//! A small shelf has few words, so that everyday ones look rare there: nobody's article says "want". What they are
//! worth cannot be learnt from the shelf.

use super::language::Language;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What an everyday word counts beside one that names something.
pub(crate) const COMMON: f32 = 0.35;

/// Everyday words of questions, by language.
const WORDS: [(&str, &str); 5] = [
    (
        "en",
        "able actually after again allow already also always another anybody anyone anything ask available away back \
        bad before best better bit bring cause choose come correct different easy else \
        ever every everything exactly exist explain far fast few find fine first get give go good got great guy \
        happen hard hear hello help hi here hi immediately information instead issue just keep kind know last later \
        least leave left let like list little long look lot make many matter maybe mean might mine more most \
        much must need never new next nice now off offer often ok old once one only option \
        other out over own part people perform person place please possible problem properly proper provide \
        purpose put question quick really reason require right same say see seem set several show simple since \
        some somebody someone something soon sort still stuff sure take tell thank thanks thing think time today \
        together tomorrow tonight try turn two up use used useful using usually want way well without word work \
        working wrong year yes yet day week month minute hour while around become behave both careful certain clear \
        completely during each either enough especially even full given guess half handle hold idea \
        important include inside involve large less likely main many meant mention normal note notice \
        occur outside particular per point prefer pretty receive recently recommend refer regular remember \
        result safe second side similar single situation small special specific start step suggest \
        talk thank third through under understand until various via view visit wait whether whole wish \
        within wonder worry worth write",
    ),
    (
        "de",
        "anders anfangen ansehen bekomme bekommen brauche brauchen bringen danke einfach ende endlich erklären erste \
        finde finden frage fragen funktioniert funktionieren gebe geben genau gerne gern gibt gut hallo heute helfen hilfe \
        hilft immer info informationen jemand jetzt kaufen komme kommen kommt konnte kriege lange lassen läuft leider \
        machen mache macht mal mehr melden mensch möchte möchten möglich möglichkeit morgen nächste nehmen neu neue \
        neuen nochmal nutzen ort passiert person problem richtig sagen schicken schnell schon sehen sehr seit sicher \
        sollte stellen suche suchen tag tun überhaupt verstehen verwenden viel viele vielleicht warten weg weiß weiter \
        wichtig wieder will wirklich wissen woche wollen wünsche zeigen zeit zusammen",
    ),
    (
        "fr",
        "aide aider aimerais aller appeler apprendre arrive arriver aujourd'hui avant besoin bien bonjour chercher chose \
        choses commencer comprendre connaître demain demande demander dernier devoir dire donner encore envoyer \
        essayer existe expliquer facile façon faire faut fonctionne fonctionner gens grand heure important information \
        jour laisser lieu longtemps maintenant manière marche merci mettre moment monsieur montrer moyen nouveau nouvelle \
        numéro obtenir passe passer personne petit possible pouvoir premier prendre problème question quelqu'un quelque \
        raison recevoir rendre savoir semaine servir souhaite suivre temps toujours trouver utiliser venir veux vite voir \
        voudrais vouloir vrai vraiment",
    ),
    (
        "es",
        "ahora algo alguien alguna alguno antes año ayuda ayudar bien buenas buenos buscar cambiar cada clase comenzar \
        comprar conseguir cosa cosas creer dar deber decir dejar después día días ejemplo encontrar enviar entender \
        entonces existe explicar fácil favor forma funciona funcionar gente gracias gran gustaría haber hablar hace hacer \
        hola hora hoy importante información intentar ir llegar lugar manera mañana mejor mes minuto mismo momento \
        mostrar necesario necesito necesitar nuevo nueva número obtener otra otro parte pasa pasar pedir persona poder \
        poner posible pregunta primero problema puedo querer quiero quisiera razón recibir rápido saber semana servir \
        siempre siguiente tener tiempo todavía tomar trabajar usar utilizar vez ver vida",
    ),
    (
        "pt",
        "agora ajuda ajudar alguém algum alguma ano antes aprender até bem boa bom buscar cada chegar coisa coisas começar \
        comprar conseguir consigo conhecer criar dar deixar depois dever dia dias dizer encontrar entender então enviar \
        exemplo existe explicar fácil favor fazer ficar forma funciona funcionar gente gostaria haver hoje hora importante \
        informação ir jeito lugar maneira melhor mesmo minuto momento mostrar mês nova novo número obrigado olá outra outro \
        parte passar pedir pegar pergunta pessoa poder pôr possível preciso precisar primeiro problema procurar querer \
        quero rápido razão receber saber semana sempre servir tempo ter tentar tomar trabalhar usar utilizar ver vez",
    ),
];

/// Whether a stem is that of an everyday word.
pub(crate) fn is_common(language: Language, stem: &str) -> bool {
    static STEMS: LazyLock<Vec<(Language, HashSet<String>)>> = LazyLock::new(|| {
        let stems = |language: Language, words: &str| language.stems(words).into_iter().map(|stem| stem.text).collect();
        WORDS.iter().map(|(code, words)| (Language::named(code), stems(Language::named(code), words))).collect()
    });
    STEMS.iter().any(|(known, stems)| *known == language && stems.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_known_by_their_stems_and_names_of_things_are_not() {
        let english = Language::named("en");
        assert!(english.stems("wanting happened").iter().all(|stem| is_common(english, &stem.text)));
        assert!(english.stems("password invoice").iter().all(|stem| !is_common(english, &stem.text)));
        assert!(!is_common(Language::named("sv"), "want"));
    }
}
