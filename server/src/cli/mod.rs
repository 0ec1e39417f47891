//! The command line: one program with subcommands.
//!
//! To add a command: write its file (its arguments, its function `run`), and list it in [`Command`] and [`dispatch`].

mod ask;
mod bench;
mod chat;
mod config;
mod demo;
mod export;
mod failure;
mod import;
mod index;
mod installation;
mod kb;
mod key;
mod log;
mod mcp;
mod migrate;
mod nlu;
mod output;
mod serve;
mod tenant;
mod told;
mod user;

use crate::config::{Config, Values};
use clap::Parser;
use failure::{Failure, Outcome};
use installation::Installation;
use output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Parley: a conversational CRM in one program
#[derive(Debug, Parser)]
#[command(name = "parley", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Everywhere")]
struct Global {
    /// Folder of the database file, the search index and the files [env: PARLEY_DATA] [default: ./parley-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// Database: sqlite:PATH or postgres://… [env: PARLEY_DATABASE_URL] [default: a file in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Short name of the tenant, where there are several
    #[arg(long, global = true, value_name = "SLUG", env = "PARLEY_TENANT", hide_env_values = true)]
    tenant: Option<String>,
    /// Configuration file (TOML); `parley config show` lists what can be in it
    #[arg(long, global = true, value_name = "FILE", env = "PARLEY_CONFIG", hide_env_values = true)]
    config: Option<PathBuf>,
    /// Form of the log on standard error: pretty or json [env: PARLEY_LOG_FORMAT]
    #[arg(long, global = true, value_name = "FORM")]
    log_format: Option<String>,
    /// What is logged: error, warn, info, debug, trace [env: PARLEY_LOG_LEVEL]
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
    /// Print results as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Serve the console, the REST interface and everything else
    Serve(serve::Serve),
    /// Bring the database's tables up to date
    Migrate,
    /// Import tables (CSV) of other systems
    Import(import::Import),
    /// Export records as CSV or JSON lines
    Export(export::Export),
    /// The search index
    #[command(subcommand)]
    Index(index::Command),
    /// The knowledge base
    #[command(subcommand)]
    Kb(kb::Command),
    /// The understanding of language, for measuring it
    #[command(subcommand)]
    Nlu(nlu::Command),
    /// Ask in your own words, and get the exact answer
    Ask(ask::Ask),
    /// Talk with the bot: questions, changes that you confirm, undo
    Chat(chat::Chat),
    /// The companies of this installation
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// The people who sign in
    #[command(subcommand)]
    User(user::Command),
    /// API keys
    #[command(subcommand)]
    Key(key::Command),
    /// Work for an AI assistant that speaks the Model Context Protocol
    Mcp(mcp::Mcp),
    /// The configuration
    #[command(subcommand)]
    Config(config::Command),
    /// Measure how fast this machine and database are
    ///
    /// Without --data or --database-url on a database of its own that is removed afterwards; with them in a tenant
    /// `bench` there, which stays.
    Bench(bench::Bench),
    /// The demo company
    #[command(subcommand)]
    Demo(demo::Command),
}

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(dispatch(cli)),
        Err(error) => Err(error.into()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.silent() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> Outcome {
    let Cli { global, command } = cli;
    let output = Output { json: global.json };
    let values = values(&global, &command)?;
    if let Command::Config(command) = &command {
        return config::run(output, command, &values);
    }
    let config = Config::read(&values)?;
    log::start(&config, !matches!(command, Command::Serve(_)));
    let chosen = global.data.is_some() || global.database_url.is_some();
    let installation = Installation { config, tenant: global.tenant };
    match command {
        Command::Serve(serve) => serve::run(&installation, serve).await,
        Command::Migrate => migrate::run(&installation, output).await,
        Command::Import(import) => import::run(&installation, output, import).await,
        Command::Export(export) => export::run(&installation, export).await,
        Command::Index(command) => index::run(&installation, output, command).await,
        Command::Kb(command) => kb::run(&installation, output, command).await,
        Command::Nlu(command) => nlu::run(&command),
        Command::Ask(ask) => ask::run(&installation, output, ask).await,
        Command::Chat(chat) => chat::run(&installation, output, chat).await,
        Command::Tenant(command) => tenant::run(&installation, output, command).await,
        Command::User(command) => user::run(&installation, output, command).await,
        Command::Key(command) => key::run(&installation, output, command).await,
        Command::Mcp(mcp) => mcp::run(&installation, mcp).await,
        Command::Bench(bench) => bench::run(installation, output, bench, chosen).await,
        Command::Demo(command) => demo::run(&installation, output, command).await,
        // Answered above: it also speaks of a configuration that cannot be used.
        Command::Config(_) => Ok(()),
    }
}

/// The settings in force, with the flags of this call on top.
fn values(global: &Global, command: &Command) -> Result<Values, Failure> {
    let mut flags = vec![
        ("data", global.data.clone()),
        ("database.url", global.database_url.clone()),
        ("log.format", global.log_format.clone()),
        ("log.level", global.log_level.clone()),
    ];
    if let Command::Serve(serve) = command {
        flags.extend(serve.flags());
    }
    Ok(Values::gather(&flags, |name| std::env::var(name).ok(), global.config.as_deref())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
