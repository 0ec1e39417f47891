//! From text to tree: precedence climbing over a cursor, with bounds on length and depth.

use super::Expression;
use super::evaluate::{GREATEST, LEAST};
use super::node::{Binary, Function, Node};
use crate::error::FieldError;

/// How deeply parentheses, signs and calls may be nested.
const DEEPEST: usize = 32;
/// How high the tree may be, which a long chain of operators also makes it.
const HIGHEST: usize = 100;

pub(super) fn parse(text: &str) -> Result<Node, FieldError> {
    let mut parser = Parser { text, at: 0 };
    if text.chars().count() > Expression::MAX_LENGTH {
        let message = format!("An expression may have at most {} characters.", Expression::MAX_LENGTH);
        return Err(FieldError::new(FIELD, "too_long", message).hint("Split it into several formulas or rules."));
    }
    let (node, _) = parser.expression(0, 0)?;
    match parser.peek() {
        None => Ok(node),
        Some(')') => Err(parser.wrong("a closing parenthesis has no opening one", "Take it out.")),
        Some(_) => {
            Err(parser.wrong("an operator is missing before this", "Put + - * / % = < > and or between two values."))
        }
    }
}

/// The input field that errors name until somebody knows better.
const FIELD: &str = "expression";

/// A node and its height.
type Parsed = (Node, usize);

struct Parser<'t> {
    text: &'t str,
    /// A byte position.
    at: usize,
}

impl<'t> Parser<'t> {
    /// Reads operations that bind at least as tightly as `level`.
    fn expression(&mut self, level: u8, depth: usize) -> Result<Parsed, FieldError> {
        let mut left = self.prefix(level, depth)?;
        let mut compared = false;
        while let Some((op, length)) = self.operator().filter(|(op, _)| op.level() >= level) {
            if op.is_comparison() && std::mem::replace(&mut compared, true) {
                return Err(self.wrong("comparisons do not chain", "Write a < b and b < c."));
            }
            self.at += length;
            let right = self.expression(op.level() + 1, depth)?;
            let height = self.height(left.1.max(right.1))?;
            left = (Node::Binary(op, Box::new(left.0), Box::new(right.0)), height);
        }
        Ok(left)
    }

    fn prefix(&mut self, level: u8, depth: usize) -> Result<Parsed, FieldError> {
        if depth > DEEPEST {
            return Err(self.wrong("it is nested too deeply", "Split it into several formulas."));
        }
        match self.peek() {
            None => Err(self.wrong("a value is missing at the end", "Put a field, a number or a 'text' there.")),
            Some('-') => {
                self.at += 1;
                let (inner, height) = self.expression(7, depth + 1)?;
                Ok((Node::Negative(Box::new(inner)), self.height(height)?))
            }
            Some('(') => {
                self.at += 1;
                let inner = self.expression(0, depth + 1)?;
                self.expect(')')?;
                Ok(inner)
            }
            Some('\'') => self.quoted().map(|text| (Node::Text(text), 1)),
            Some('0'..='9') => self.number().map(|number| (Node::Number(number), 1)),
            Some(c) if c.is_ascii_alphabetic() || c == '_' => self.word(level, depth),
            Some('"' | '“' | '”' | '‘' | '’') => {
                Err(self.wrong("this quotation mark is not known", "Put texts in single quotes: 'text'."))
            }
            Some(c) => {
                Err(self.wrong(&format!("«{c}» does not belong here"), "Put a field, a number or a 'text' there."))
            }
        }
    }

    fn word(&mut self, level: u8, depth: usize) -> Result<Parsed, FieldError> {
        let start = self.at;
        let word = self.take_word();
        match word.to_ascii_lowercase().as_str() {
            "true" => return Ok((Node::Boolean(true), 1)),
            "false" => return Ok((Node::Boolean(false), 1)),
            "null" => return Ok((Node::Null, 1)),
            "not" if level <= 3 => {
                let (inner, height) = self.expression(3, depth + 1)?;
                return Ok((Node::Not(Box::new(inner)), self.height(height)?));
            }
            "not" => {
                self.at = start;
                return Err(self.wrong("«not» needs parentheses here", "Write (not …)."));
            }
            "and" | "or" => {
                self.at = start;
                return Err(self.wrong("a value is missing here", "Put a field, a number or a 'text' there."));
            }
            _ => {}
        }
        match self.peek() {
            Some('(') => self.call(word, start, depth),
            Some('.') => Err(self
                .wrong("only fields of the record itself can be used", "Use a roll-up for fields of related records.")),
            _ => Ok((Node::Field(word.to_owned()), 1)),
        }
    }

    fn call(&mut self, name: &str, start: usize, depth: usize) -> Result<Parsed, FieldError> {
        let Some(function) = Function::named(name) else {
            self.at = start;
            let names: Vec<&str> = Function::ALL.iter().map(|function| function.name()).collect();
            let name: String = name.chars().take(40).collect();
            return Err(self
                .wrong(&format!("there is no function {name}"), &format!("The functions are {}.", names.join(", "))));
        };
        self.at += 1;
        let (mut arguments, mut highest) = (Vec::new(), 0);
        while self.peek() != Some(')') {
            if !arguments.is_empty() {
                self.expect(',')?;
            }
            let (argument, height) = self.expression(0, depth + 1)?;
            arguments.push(argument);
            highest = highest.max(height);
        }
        self.expect(')')?;
        let takes = function.takes();
        if !takes.contains(&arguments.len()) {
            self.at = start;
            let count = if takes.start() == takes.end() {
                takes.start().to_string()
            } else {
                format!("{} to {}", takes.start(), takes.end())
            };
            return Err(self.wrong(&format!("{} takes {count} values", function.name()), "Separate them by commas."));
        }
        Ok((Node::Call(function, arguments), self.height(highest)?))
    }

    /// The next operator and its length, if one follows.
    fn operator(&mut self) -> Option<(Binary, usize)> {
        self.peek()?;
        let rest = self.text.get(self.at..)?;
        const SIGNS: [(&str, Binary); 14] = [
            ("==", Binary::Equal),
            ("!=", Binary::NotEqual),
            ("<>", Binary::NotEqual),
            ("<=", Binary::LessOrEqual),
            (">=", Binary::GreaterOrEqual),
            ("=", Binary::Equal),
            ("<", Binary::Less),
            (">", Binary::Greater),
            ("+", Binary::Add),
            ("-", Binary::Subtract),
            ("*", Binary::Multiply),
            ("/", Binary::Divide),
            ("%", Binary::Remainder),
            ("&&", Binary::And),
        ];
        if let Some((sign, op)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            return Some((*op, sign.len()));
        }
        if rest.starts_with("||") {
            return Some((Binary::Or, 2));
        }
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        match rest.get(..length)?.to_ascii_lowercase().as_str() {
            "and" => Some((Binary::And, 3)),
            "or" => Some((Binary::Or, 2)),
            _ => None,
        }
    }

    /// The next character that is no space, without taking it.
    fn peek(&mut self) -> Option<char> {
        let rest = self.text.get(self.at..)?;
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed.chars().next()
    }

    fn expect(&mut self, wanted: char) -> Result<(), FieldError> {
        match self.peek() {
            Some(c) if c == wanted => {
                self.at += wanted.len_utf8();
                Ok(())
            }
            _ => Err(self.wrong(&format!("«{wanted}» is missing"), "Check that all parentheses are closed.")),
        }
    }

    fn take_word(&mut self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn quoted(&mut self) -> Result<String, FieldError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut text = String::new();
        let mut characters = rest.char_indices().skip(1).peekable();
        while let Some((i, c)) = characters.next() {
            match c {
                '\'' if characters.peek().is_some_and(|(_, next)| *next == '\'') => {
                    characters.next();
                    text.push('\'');
                }
                '\'' => {
                    self.at += i + 1;
                    return Ok(text);
                }
                c if c.is_control() => {
                    self.at += i;
                    return Err(self.wrong("a text contains a line break or control character", "Take it out."));
                }
                c => text.push(c),
            }
        }
        Err(self.wrong("this text is not closed", "Put a single quote at its end; double a quote within it."))
    }

    fn number(&mut self) -> Result<f64, FieldError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find(|c: char| !is_word(c) && c != '.').unwrap_or(rest.len());
        let digits = rest.get(..length).unwrap_or_default();
        let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.') && !digits.ends_with('.');
        match digits.parse::<f64>().ok().filter(|_| plain) {
            Some(number) if number == 0.0 || (LEAST..=GREATEST).contains(&number) => {
                self.at += length;
                Ok(number)
            }
            Some(_) => Err(self.wrong("this number is too great or too small", "Use numbers up to 10^15.")),
            None => Err(self.wrong("this is no number", "Write numbers with digits and a point, such as 12.5.")),
        }
    }

    fn height(&self, below: usize) -> Result<usize, FieldError> {
        if below < HIGHEST {
            Ok(below + 1)
        } else {
            Err(self.wrong("it has too many parts", "Split it into several formulas."))
        }
    }

    fn wrong(&self, what: &str, hint: &str) -> FieldError {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let position = before.chars().count() + 1;
        let message = format!("The expression cannot be read at character {position}: {what}.");
        FieldError::new(FIELD, "bad_expression", message).value(&self.text.into()).hint(hint)
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
