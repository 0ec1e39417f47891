//! `parley user`: the people who sign in.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use super::output::Output;
use crm_core::query::{Query, Sort};
use crm_core::{Crm, Record};
use std::io::{IsTerminal, stdin};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make a user, and set a password
    Create {
        /// E-mail address, with which the user signs in
        email: String,
        /// Name
        #[arg(long)]
        name: String,
        /// Role: admin, manager, agent, seller, marketer, editor, viewer or one of your own; may be given several times
        #[arg(long = "role", default_value = "viewer")]
        roles: Vec<String>,
        /// Leave the user without a password for now
        #[arg(long, conflicts_with = "password_stdin")]
        no_password: bool,
        /// Read the password from standard input instead of asking for it
        #[arg(long)]
        password_stdin: bool,
    },
    /// Set a user's password; ends all their sessions
    Password {
        /// E-mail address or name
        user: String,
        /// Read the password from standard input instead of asking for it
        #[arg(long)]
        password_stdin: bool,
    },
    /// List the users
    List,
}

pub(super) async fn run(installation: &Installation, output: Output, command: Command) -> Outcome {
    let crm = installation.open().await?;
    let done = match command {
        Command::Create { email, name, roles, no_password, password_stdin } => {
            let password = if no_password { None } else { Some(password(password_stdin)?) };
            create(installation, &crm, output, (&name, &email), &roles, password).await
        }
        Command::Password { user, password_stdin } => {
            set_password(installation, &crm, output, &user, password_stdin).await
        }
        Command::List => list(installation, &crm, output).await,
    };
    crm.db().close().await;
    done
}

async fn create(
    installation: &Installation,
    crm: &Crm,
    output: Output,
    (name, email): (&str, &str),
    roles: &[String],
    password: Option<String>,
) -> Outcome {
    let product = installation.product(crm).await?;
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let id = crm.create_user(&product, name, email, &roles).await?;
    if let Some(password) = password
        && let Err(error) = crm.set_password(&product, id, &password).await
    {
        let why = Failure::from(error);
        return Err(Failure::new(format!(
            "The user was made, but has no password yet: {why} Try again with `parley user password {email}`."
        )));
    }
    match output.json {
        true => output.json(&serde_json::json!({"id": id, "email": email})),
        false => output.say(format!("{name} <{email}> was made.")),
    }
}

async fn set_password(installation: &Installation, crm: &Crm, output: Output, user: &str, from_stdin: bool) -> Outcome {
    let product = installation.product(crm).await?;
    let id = crm.find_user(product.tenant(), user).await?;
    crm.set_password(&product, id, &password(from_stdin)?).await?;
    output.say("The password was set, and all sessions were ended.")
}

/// A password, from standard input or asked for twice without showing it.
fn password(from_stdin: bool) -> Outcome<String> {
    if from_stdin {
        let mut line = String::new();
        stdin().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\n', '\r']).to_owned());
    }
    if !stdin().is_terminal() {
        return Err(Failure::new("There is no terminal to ask for the password. Give it with --password-stdin."));
    }
    let password = rpassword::prompt_password("Password: ")?;
    match rpassword::prompt_password("Once more: ")? == password {
        true => Ok(password),
        false => Err(Failure::new("The two passwords differ. Nothing was changed.")),
    }
}

async fn list(installation: &Installation, crm: &Crm, output: Output) -> Outcome {
    let product = installation.product(crm).await?;
    let fields = ["name", "email", "title", "is_active"].map(str::to_owned).into();
    let sort = vec![Sort { field: "name".into(), descending: false }];
    let mut query = Query { fields: Some(fields), sort, limit: Some(Query::MAX_LIMIT), ..Query::of("user") };
    let mut users = Vec::new();
    loop {
        let page = crm.query(&product, &query).await?;
        users.extend(page.records);
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    let json: Vec<_> = users.iter().map(Record::to_json).collect();
    let rows: Vec<[String; 4]> = users.iter().map(row).collect();
    output.table(&json, ["NAME", "E-MAIL", "TITLE", "ACTIVE"], &rows)
}

fn row(user: &Record) -> [String; 4] {
    let text = |field: &str| user.get(field).as_text().unwrap_or_default().to_owned();
    let active = if user.get("is_active") == &crm_core::value::Value::Bool(false) { "no" } else { "yes" };
    [text("name"), text("email"), text("title"), active.into()]
}
